import type { Data } from './data-of.js'
import type { Located } from './facts.js'
import { member, type StaticObject } from './static-value.js'

/** Data that clients are given as it is: the module says what, the source where. Null if there is none. */
export function readData(object: StaticObject, key: string, evaluated: Data | undefined): Located<Data> | null {
  const found = member(object, key)
  // If the file could not be loaded, that was reported.
  return found === null || evaluated === undefined ? null : { value: evaluated, place: found.place }
}
