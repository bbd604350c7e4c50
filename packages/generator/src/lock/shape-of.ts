import { mapSchema } from '../model/map-schema.js'
import { byCodeUnits } from '../model/order.js'
import type { WireSchema } from '../model/server-model.js'
import type { Shape } from './access-lock.js'

/** JSON Schema 2020-12, Validation, sections 9 and 8: they inform, and refuse nothing. */
const INFORMING = new Set([
  '$comment',
  '$schema',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'default',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
])

/** Schemas in which the order of the values means nothing. */
const SETS = new Set(['enum', 'required', 'type'])

/** What a schema accepts, in one spelling: without what informs, sorted. */
export function shapeOf({ schema }: WireSchema): Shape {
  const shape = mapSchema(schema, (keywords) =>
    Object.fromEntries(
      Object.entries(keywords)
        .filter(([keyword]) => !INFORMING.has(keyword) && !keyword.startsWith('x-'))
        // The pattern by which zod checks a format says no more than the format, is long, and differs between its versions.
        .filter(([keyword]) => keyword !== 'pattern' || !Object.hasOwn(keywords, 'format'))
        .map(([keyword, value]): [string, unknown] => [keyword, SETS.has(keyword) ? inOrder(value) : value]),
    ),
  )
  return sorted(shape) as Shape
}

function inOrder(value: unknown): unknown {
  const key = (item: unknown) => JSON.stringify(item) ?? ''
  return Array.isArray(value) ? [...value].sort((a, b) => byCodeUnits(key(a), key(b))) : value
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, sorted(item)])
  return Object.fromEntries(entries.sort(([a], [b]) => byCodeUnits(a, b)))
}
