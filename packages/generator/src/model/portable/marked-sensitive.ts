import type { Keywords } from '../map-schema.js'

/**
 * What is not to be kept of an input, marked in the one word for it that JSON
 * Schema has (2020-12, validation, section 9.4): clients and validators know it,
 * and audit records leave out what it marks.
 */
export function markedSensitive(keywords: Keywords): Keywords {
  const { sensitive, 'x-sensitive': marked, ...rest } = keywords
  if (sensitive !== true && marked !== true && keywords.format !== 'password') return keywords
  return { ...rest, writeOnly: true }
}
