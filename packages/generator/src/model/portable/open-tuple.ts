import { isSchema, type Keywords } from '../map-schema.js'
import { anyOf } from './any-of.js'

/**
 * A tuple that goes on, told a little wider: `items` also allows what the places
 * hold. Clients that read it as older dialects do hold every item against it,
 * and would refuse what the server returns. For outputs only: what a handler
 * returns is parsed by its own schema, whatever clients are told.
 */
export function openTuple(keywords: Keywords): Keywords {
  const { prefixItems, items } = keywords
  if (!Array.isArray(prefixItems) || prefixItems.length === 0 || !isSchema(items) || items === true) return keywords
  return { ...keywords, items: anyOf([...prefixItems, ...(items === false ? [] : [items])]) }
}
