import type { LimitsFact } from '../analyse/facts.js'
import type { ServerModel } from '../model/server-model.js'
import { serverOf } from './policy-view.js'

/** How much may be asked for of something, in words. */
export interface LimitsRow {
  /** The name of the tool; nothing: it is the whole server's. */
  readonly tool: string | null
  readonly limits: readonly string[]
}

/** What is said of the server and of its tools; where nothing is said the defaults hold. */
export function limitsRows(model: ServerModel): readonly LimitsRow[] {
  return [
    { tool: null, limits: limitsInWords(serverOf(model).limits) },
    ...model.tools.map(({ name, limits }) => ({ tool: name, limits: limitsInWords(limits) })),
  ].filter(({ limits }) => limits.length > 0)
}

/** Each limit that is said, in a few words. */
export function limitsInWords(limits: LimitsFact): readonly string[] {
  return (limits ?? []).map(({ name, value }) => WORDS.get(name)?.(String(value)) ?? `${name} ${String(value)}`)
}

const WORDS: ReadonlyMap<string, (count: string) => string> = new Map([
  ['perSubject', (count) => `${count} requests a minute of one subject`],
  ['perClient', (count) => `${count} requests a minute of one client`],
  ['perAddress', (count) => `${count} requests a minute from one address`],
  ['refusedPerAddress', (count) => `${count} refused tokens a minute from one address`],
  ['concurrentPerSubject', (count) => `${count} requests of one subject at the same time`],
  ['secondsPerCall', (count) => `${count} seconds a call`],
  ['perTool', (count) => `${count} calls a minute of one tool by one subject`],
  ['perMinute', (count) => `${count} calls a minute by one subject`],
  ['seconds', (count) => `${count} seconds a call`],
])
