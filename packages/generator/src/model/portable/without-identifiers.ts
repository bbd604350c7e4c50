import type { Keywords } from '../map-schema.js'

/**
 * Names that only references use. Parts are written out where they are used, so
 * the names stand there several times, and a validator refuses the second.
 */
export function withoutIdentifiers(keywords: Keywords): Keywords {
  const { $id: _id, id: _oldId, $anchor: _anchor, $dynamicAnchor: _dynamic, $schema: _dialect, ...rest } = keywords
  return rest
}
