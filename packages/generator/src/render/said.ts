import type { Fact } from '../analyse/facts.js'

/** What a checked model is certain to say. */
export function said<T>(fact: Fact<T>): T {
  if (typeof fact === 'string') throw new TypeError(`a model with something ${fact} was rendered`)
  return fact.value
}

/** What a model may leave out. */
export function saidOrNothing<T>(fact: Fact<T>): T | undefined {
  return fact === 'missing' ? undefined : said(fact)
}
