import type { JsonSchema } from '../analyse/facts.js'
import { placeInSchema, type SchemaPath, visitSchema } from '../model/map-schema.js'

/** `x-mcp-header` on a part of a schema: clients repeat that argument in a header (MCP 2026-07-28). */
export interface HeaderAnnotation {
  /** What stands there: it should be the name of a header. */
  readonly name: unknown
  readonly type: unknown
  readonly format: unknown
  /** Where the argument is, as people say it. */
  readonly place: string
  /** The name of the argument itself. */
  readonly argument: string
  /** Whether only properties lead there, from the root. */
  readonly isReachable: boolean
}

export function headerAnnotations(schema: JsonSchema): readonly HeaderAnnotation[] {
  const found: HeaderAnnotation[] = []
  visitSchema(schema, (part, path) => {
    if (typeof part === 'boolean' || !Object.hasOwn(part, 'x-mcp-header')) return
    const { 'x-mcp-header': name, type, format } = part
    const place = placeInSchema(path)
    found.push({ name, type, format, place, argument: path.at(-1) ?? '', isReachable: isReachable(path) })
  })
  return found
}

function isReachable(path: SchemaPath): boolean {
  return path.length > 0 && path.every((step, index) => index % 2 === 1 || step === 'properties')
}
