import { mapSchema } from '../model/map-schema.js'
import type { JsonSchema } from './facts.js'

/**
 * Draft 07, which zod-to-json-schema writes, as 2020-12: tuples moved from
 * `items` to `prefixItems`, and references into them with it.
 */
export function fromDraft07(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, ({ items, additionalItems, $ref, ...rest }) => ({
    ...rest,
    ...(typeof $ref === 'string' ? { $ref: $ref.replace(/\/items\/(\d+)(?=\/|$)/g, '/prefixItems/$1') } : {}),
    ...(Array.isArray(items)
      ? { prefixItems: items, ...(additionalItems === undefined ? {} : { items: additionalItems }) }
      : items === undefined
        ? {}
        : { items }),
  }))
}
