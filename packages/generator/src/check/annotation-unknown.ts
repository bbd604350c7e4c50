import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { Rule } from './rule.js'

/** MCP, schema.ts, ToolAnnotations. Its `title` is left out: a tool has a title of its own. */
const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']

export const annotationUnknown: Rule = ({ model }) =>
  model.tools.flatMap(({ name, annotations }) => {
    if (annotations === null) return []
    return Object.entries(annotations.value).flatMap(([annotation, value]) => {
      const problem = problemOf(annotation, value)
      return problem === null
        ? []
        : [diagnostic('annotation-unknown', annotations.place, { tool: name, annotation, problem })]
    })
  })

function problemOf(annotation: string, value: unknown): string | null {
  if (!HINTS.includes(annotation)) return `is not one that MCP knows.${didYouMean(annotation, HINTS)}`
  return typeof value === 'boolean' ? null : 'is neither true nor false'
}
