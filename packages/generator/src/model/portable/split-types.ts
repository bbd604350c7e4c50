import type { Keywords } from '../map-schema.js'
import { isOfType, keywordsOf, TYPED_KEYWORDS } from './json-types.js'

/** A list of types as alternatives of one type each, with what concerns that type. */
export function splitTypes(keywords: Keywords): Keywords {
  const { type: types, enum: values, ...rest } = keywords
  if (!Array.isArray(types)) return keywords
  const alternatives = types.flatMap((type): Keywords[] => {
    const typed = { type, ...keywordsOf(type, rest) }
    if (!Array.isArray(values) || type === 'null') return values === undefined || has(values, null) ? [typed] : []
    const ofType = values.filter((value) => isOfType(value, type))
    return ofType.length === 0 ? [] : [{ ...typed, enum: ofType }]
  })
  const shared = Object.fromEntries(Object.entries(rest).filter(([keyword]) => !TYPED_KEYWORDS.has(keyword)))
  const [only] = alternatives
  if (only !== undefined && alternatives.length === 1) return { ...only, ...shared }
  if (!('anyOf' in shared)) return { ...shared, anyOf: alternatives }
  const others = Array.isArray(shared.allOf) ? shared.allOf : []
  return { ...shared, allOf: [...others, { anyOf: alternatives }] }
}

function has(values: unknown, value: unknown): boolean {
  return Array.isArray(values) && values.includes(value)
}
