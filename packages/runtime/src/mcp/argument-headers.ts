import { isRecord } from './is-record.js'

/** An argument that clients repeat in a header, so that what stands in front can read it (MCP 2026-07-28). */
export interface ArgumentHeader {
  /** The whole name, in lower case: `mcp-param-region`. */
  readonly name: string
  /** The properties that lead to the argument, outermost first. */
  readonly path: readonly string[]
  readonly type: 'string' | 'integer' | 'boolean'
}

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const ANNOTATION = 'x-mcp-header'

/** Keywords whose value maps names to schemas: the names are the user's own. */
const NAMED_SCHEMAS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])
/** Keywords whose value is data, not a schema. */
const DATA = new Set(['const', 'enum', 'default', 'examples'])

/**
 * The arguments that an input schema wants repeated, in the order of the schema.
 *
 * @throws {TypeError} when it wants that where clients would drop the whole tool: MCP 2026-07-28, Streamable
 * HTTP, allows it on properties that are reached through properties alone, of type string, integer or boolean
 */
export function argumentHeaders(schema: unknown): readonly ArgumentHeader[] {
  const found: ArgumentHeader[] = []
  walk(schema, [])
  const names = found.map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new TypeError(`asks for the header ${repeated} twice`)
  return found

  /** `path` is null where properties alone do not lead. */
  function walk(part: unknown, path: readonly string[] | null): void {
    if (Array.isArray(part)) for (const item of part) walk(item, null)
    if (!isRecord(part)) return
    if (Object.hasOwn(part, ANNOTATION)) found.push(headerOf(part, path))
    for (const [keyword, value] of Object.entries(part)) {
      if (DATA.has(keyword)) continue
      if (!NAMED_SCHEMAS.has(keyword)) walk(value, null)
      else if (isRecord(value)) {
        for (const [name, inner] of Object.entries(value)) {
          walk(inner, keyword === 'properties' && path !== null ? [...path, name] : null)
        }
      }
    }
  }
}

function headerOf(part: Readonly<Record<string, unknown>>, path: readonly string[] | null): ArgumentHeader {
  const { [ANNOTATION]: name, type } = part
  if (path === null || path.length === 0) throw new TypeError(`has ${ANNOTATION} where properties alone do not lead`)
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw new TypeError(`has ${ANNOTATION} at ${path.join('.')}, which is not the name of a header`)
  }
  if (type !== 'string' && type !== 'integer' && type !== 'boolean') {
    throw new TypeError(`has ${ANNOTATION} at ${path.join('.')}, which is no string, integer or boolean`)
  }
  return { name: `mcp-param-${name.toLowerCase()}`, path, type }
}
