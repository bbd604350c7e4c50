import { diagnostic } from '../diagnostics/diagnostic.js'
import { says } from './hints.js'
import type { Rule } from './rule.js'

/** Without `readOnlyHint: true` a tool may write: MCP, schema.ts, ToolAnnotations, has false as its default. */
export const publicToolWrites: Rule = ({ model }) =>
  model.tools
    .filter((tool) => tool.access.kind === 'public' && !says(tool, 'readOnlyHint'))
    .map(({ name, access, annotations }) =>
      diagnostic(
        'public-tool-writes',
        access.place,
        { tool: name },
        annotations === null ? [] : [{ message: 'its hints are here', place: annotations.place }],
      ),
    )
