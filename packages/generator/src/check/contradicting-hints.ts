import { diagnostic } from '../diagnostics/diagnostic.js'
import { says } from './hints.js'
import type { Rule } from './rule.js'

/** MCP, schema.ts: destructiveHint has a meaning only where readOnlyHint is false. */
export const contradictingHints: Rule = ({ model }) =>
  model.tools.flatMap((tool) =>
    tool.annotations !== null && says(tool, 'readOnlyHint') && says(tool, 'destructiveHint')
      ? [diagnostic('contradicting-hints', tool.annotations.place, { tool: tool.name })]
      : [],
  )
