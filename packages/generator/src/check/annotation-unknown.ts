import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { Rule } from './rule.js'

/** MCP, schema.ts, ToolAnnotations. Its `title` is left out: a tool has a title of its own. */
const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']

export const annotationUnknown: Rule = ({ model }) =>
  model.tools.flatMap(({ name, annotations }) => {
    if (annotations === null) return []
    return hintsIn(annotations.value).flatMap(([annotation, value]) => {
      const problem = problemOf(annotation, value)
      return problem === null
        ? []
        : [diagnostic('annotation-unknown', annotations.place, { tool: name, annotation, problem })]
    })
  })

/** What runs without being compiled may be anything: a text is one hint, not one for each letter. */
function hintsIn(annotations: unknown): readonly (readonly [annotation: string, value: unknown])[] {
  return typeof annotations === 'object' && annotations !== null
    ? Object.entries(annotations)
    : [[String(annotations), annotations]]
}

function problemOf(annotation: string, value: unknown): string | null {
  if (!HINTS.includes(annotation)) return `is not one that MCP knows.${didYouMean(annotation, HINTS)}`
  return typeof value === 'boolean' ? null : 'is neither true nor false'
}
