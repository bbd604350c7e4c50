import type { JsonSchema } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { declaredSchemas } from './declared-schemas.js'
import { type HeaderAnnotation, headerAnnotations } from './header-annotations.js'
import type { Rule } from './rule.js'

/** MCP 2026-07-28, Streamable HTTP: clients leave out a tool that asks for a header in any other way. */
export const headerAnnotationMisplaced: Rule = ({ model }) =>
  declaredSchemas(model).flatMap(({ item, side, schema: { wire, place } }) =>
    side !== 'input'
      ? []
      : problems(wire.schema).map((problem) => diagnostic('header-annotation-misplaced', place, { item, problem })),
  )

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

function problems(schema: JsonSchema): readonly string[] {
  const annotations = headerAnnotations(schema)
  return annotations.flatMap((annotation, index) => {
    const problem = problemOf(annotation, annotations.slice(0, index))
    return problem === null ? [] : [`${problem} at ${annotation.place}`]
  })
}

function problemOf({ name, type, isReachable }: HeaderAnnotation, earlier: readonly HeaderAnnotation[]): string | null {
  if (!isReachable) return 'stands where properties alone do not lead'
  if (typeof name !== 'string' || !TOKEN.test(name)) return 'is not the name of a header'
  if (type !== 'string' && type !== 'integer' && type !== 'boolean') return 'is on no string, integer or boolean'
  const isTaken = earlier.some((other) => String(other.name).toLowerCase() === name.toLowerCase())
  return isTaken ? `names '${name}' a second time` : null
}
