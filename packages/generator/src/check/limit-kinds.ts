import type { JsonSchema } from '../analyse/facts.js'
import { isSchema, type Keywords, type SchemaPath, visitSchema } from '../model/map-schema.js'
import type { LimitKind } from './client-limits.js'

/** Something in a schema that goes beyond a limit, in words that fit behind "input of tool 'x' has". */
export interface Excess {
  readonly path: SchemaPath
  readonly what: string
  readonly cure: string
}

type Finder<K extends LimitKind['kind']> = (
  part: JsonSchema,
  path: SchemaPath,
  limit: Extract<LimitKind, { kind: K }>,
) => Omit<Excess, 'path'> | null

/** A schema and all schemas in it, each with its place. */
export type Parts = readonly (readonly [part: JsonSchema, path: SchemaPath])[]

export function partsOf(schema: JsonSchema): Parts {
  const parts: [JsonSchema, SchemaPath][] = []
  visitSchema(schema, (part, path) => void parts.push([part, path]))
  return parts
}

/** What goes beyond a limit in a schema as clients see it. */
export function excessesOf(parts: Parts, limit: LimitKind): readonly Excess[] {
  const find = FINDERS[limit.kind] as Finder<LimitKind['kind']>
  return parts.flatMap(([part, path]) => {
    const excess = find(part, path, limit)
    return excess === null ? [] : [{ path, ...excess }]
  })
}

const FINDERS: { readonly [K in LimitKind['kind']]: Finder<K> } = {
  'root-keyword': (part, path, { keywords }) =>
    path.length > 0
      ? null
      : has(part, keywords, 'Make the root one object, or let mcp-gen wrap it by leaving out its type.'),
  keyword: (part, _path, { keywords }) => has(part, keywords, 'Say it without this word, or check it in the handler.'),
  reference: (part) =>
    has(part, ['$ref', '$dynamicRef'], '') === null
      ? null
      : {
          what: 'a reference (`$ref`)',
          cure: 'What contains itself cannot be written out: name the levels that are needed, or take a list of parts with ids. In a raw JSON Schema, write a part out where it is used.',
        },
  'boolean-schema': (part, path) =>
    typeof part === 'boolean' && !MAY_BE_BOOLEAN.has(path.at(-1) ?? '')
      ? { what: `the schema ${part}`, cure: DESCRIBE }
      : null,
  'list-of-types': (part) =>
    Array.isArray(keywordsIn(part).type)
      ? { what: 'a list of types', cure: 'Write `anyOf` with one type each.' }
      : null,
  'no-type': (part, path) => (isUntyped(part, path) ? { what: 'a schema without a type', cure: DESCRIBE } : null),
  'array-without-items': (part) =>
    keywordsIn(part).type === 'array' && !isSchema(keywordsIn(part).items)
      ? { what: 'an array that does not say of what', cure: 'Add `items`.' }
      : null,
  'tuple-closed-by-items': (part) =>
    Array.isArray(keywordsIn(part).prefixItems) && keywordsIn(part).items === false
      ? { what: 'a tuple with `items: false`', cure: 'Write `maxItems`, and in `items` what the places hold.' }
      : null,
  'object-without-properties': (part) =>
    keywordsIn(part).type === 'object' && !isSchema(keywordsIn(part).properties)
      ? { what: 'an object without `properties`', cure: 'Add `properties: {}`.' }
      : null,
  'root-property-name': (part, path, { allowed }) => {
    const { properties } = keywordsIn(part)
    const names = path.length === 0 && isSchema(properties) ? Object.keys(properties) : []
    const name = names.find((candidate) => !allowed.test(candidate))
    return name === undefined
      ? null
      : { what: `a property called ${JSON.stringify(name)}`, cure: 'Use at most 64 letters, digits, `_`, `-` and `.`.' }
  },
  lookaround: (part) =>
    /\(\?<?[=!]/.test(String(keywordsIn(part).pattern ?? ''))
      ? {
          what: 'a pattern that looks ahead or behind',
          cure: 'Write the pattern without it, or check it in .refine().',
        }
      : null,
  'integer-alternative': (part, path) =>
    path.length === 4 && path[0] === 'properties' && path[2] === 'anyOf' && keywordsIn(part).type === 'integer'
      ? { what: 'an integer in a union', cure: 'Use a number that is a multiple of 1.' }
      : null,
}

const DESCRIBE = 'Describe the value, or take it as a text that holds JSON.'

/** Where `true` and `false` are common, and read by all. */
const MAY_BE_BOOLEAN = new Set(['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems'])

/** Where Gemini CLI looks: from property to property, into items and alternatives. */
const FOLLOWED = new Set(['properties', 'items', 'anyOf', 'allOf', 'oneOf'])

function isUntyped(part: JsonSchema, path: SchemaPath): boolean {
  const { type, $ref, anyOf, allOf, oneOf } = keywordsIn(part)
  return isFollowed(path) && type === undefined && $ref === undefined && ![anyOf, allOf, oneOf].some(Array.isArray)
}

/** A keyword is followed by a name or an index, except `items`. */
function isFollowed(path: SchemaPath): boolean {
  for (let at = 0; at < path.length; at += path[at] === 'items' ? 1 : 2) {
    if (!FOLLOWED.has(path[at] as string)) return false
  }
  return true
}

function has(part: JsonSchema, keywords: readonly string[], cure: string): Omit<Excess, 'path'> | null {
  const found = keywords.find((keyword) => Object.hasOwn(keywordsIn(part), keyword))
  return found === undefined ? null : { what: `\`${found}\``, cure }
}

function keywordsIn(part: JsonSchema): Keywords {
  return typeof part === 'boolean' ? {} : part
}
