import type { Fact } from './facts.js'
import { absent, member, type StaticObject } from './static-value.js'

/** The properties of the evaluated object; null if the module could not be loaded, which was reported. */
type Evaluations = { readonly [key: string]: unknown }

/**
 * A text that decides nothing about access. What the source says in words is
 * taken from there; what it computes, from the evaluated module.
 */
export function readText(object: StaticObject, key: string, evaluated: Evaluations | null): Fact<string> {
  const found = member(object, key)
  if (found === null) return absent(object)
  if (found.value.kind === 'literal' && typeof found.value.value === 'string') {
    return { value: found.value.value, place: found.value.place }
  }
  if (evaluated === null) return 'unreadable'
  const value = evaluated[key]
  return typeof value === 'string' ? { value, place: found.value.place } : 'missing'
}
