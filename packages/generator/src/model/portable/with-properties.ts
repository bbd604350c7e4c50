import type { Keywords } from '../map-schema.js'

/** An object that says which properties it has, even if none, and says `true` where anything may follow. */
export function withProperties(keywords: Keywords): Keywords {
  const { type, properties = {}, additionalProperties, ...rest } = keywords
  if (type !== 'object') return keywords
  const others = isEmpty(additionalProperties) ? true : additionalProperties
  return { type, properties, ...rest, ...(others === undefined ? {} : { additionalProperties: others }) }
}

function isEmpty(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0
}
