import type { Data } from '../analyse/data-of.js'
import type { Fact, Located } from '../analyse/facts.js'

/** What a checked model is certain to say. */
export function said<T>(fact: Fact<T>): T {
  if (typeof fact === 'string') throw new TypeError(`a model with something ${fact} was rendered`)
  return fact.value
}

/** What a model may leave out. */
export function saidOrNothing<T>(fact: Fact<T>): T | undefined {
  return fact === 'missing' ? undefined : said(fact)
}

/** Data of a checked model that clients are given as it is. */
export function dataIn(fact: Located<Data> | null): unknown {
  if (fact === null) return undefined
  if ('problem' in fact.value) throw new TypeError(`a model with data that ${fact.value.problem} was rendered`)
  return fact.value.value
}
