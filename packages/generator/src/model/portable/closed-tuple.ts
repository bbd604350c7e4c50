import type { Keywords } from '../map-schema.js'
import { anyOf } from './any-of.js'

/**
 * A tuple whose length says that nothing follows, instead of `items: false`.
 * `items` then concerns no value at all in 2020-12; who reads it as in older
 * dialects, or only looks whether it is there, finds what the places hold.
 */
export function closedTuple(keywords: Keywords): Keywords {
  const { prefixItems = [], items, ...rest } = keywords
  if (!Array.isArray(prefixItems)) return keywords
  if (items !== false && !isFull(keywords, prefixItems.length)) return withoutPlaces(keywords)
  const { maxItems } = rest
  const most = typeof maxItems === 'number' ? Math.min(maxItems, prefixItems.length) : prefixItems.length
  // An array that holds nothing still has to say of what.
  if (prefixItems.length === 0) return { ...rest, items: { type: 'string' }, maxItems: 0 }
  return { ...rest, prefixItems, items: anyOf(prefixItems), maxItems: most }
}

/** 2020-12, section 10.3.1.1: `prefixItems` holds at least one schema. */
function withoutPlaces(keywords: Keywords): Keywords {
  const { prefixItems, ...rest } = keywords
  return Array.isArray(prefixItems) && prefixItems.length === 0 ? rest : keywords
}

function isFull({ prefixItems, items, maxItems }: Keywords, places: number): boolean {
  return prefixItems !== undefined && items === undefined && typeof maxItems === 'number' && maxItems <= places
}
