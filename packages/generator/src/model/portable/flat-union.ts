import { isDeepStrictEqual } from 'node:util'
import { isSchema, type Keywords } from '../map-schema.js'
import { isAnnotation } from './json-types.js'

/** Alternatives of alternatives as one list without those that take nothing, and a list of one as what it holds. */
export function flatUnion(keywords: Keywords): Keywords {
  const { anyOf, ...rest } = keywords
  if (!Array.isArray(anyOf)) return keywords
  const flat: readonly unknown[] = anyOf.flatMap(alternativesIn).filter((part) => !takesNothing(part))
  if (flat.length === 0) return keywords
  const [only] = flat
  if (flat.length > 1 || !isSchema(only) || typeof only === 'boolean') return { ...rest, anyOf: flat }
  return Object.keys(rest).every(isAnnotation) ? { ...only, ...rest } : { ...rest, anyOf: flat }
}

/** `not: {}`, as Zod writes what is never there. */
function takesNothing(part: unknown): boolean {
  return part === false || isDeepStrictEqual(part, { not: {} }) || isDeepStrictEqual(part, { not: true })
}

function alternativesIn(part: unknown): readonly unknown[] {
  if (!isSchema(part) || typeof part === 'boolean') return [part]
  return Array.isArray(part.anyOf) && Object.keys(part).length === 1 ? part.anyOf : [part]
}
