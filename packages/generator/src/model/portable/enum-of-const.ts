import type { Keywords } from '../map-schema.js'

/** `const` as a list of one: the older word, which everybody knows. */
export function enumOfConst(keywords: Keywords): Keywords {
  if (!('const' in keywords) || 'enum' in keywords) return keywords
  const { const: value, ...rest } = keywords
  return value === null && rest.type === 'null' ? rest : { ...rest, enum: [value] }
}
