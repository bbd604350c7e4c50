import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Identity } from '../token/identity.js'
import type { StateSeal } from './ask/state-seal.js'
import { isRecord } from './is-record.js'

/**
 * Items of one page: more than any client hands to a model, because not every client asks for a second page.
 */
export const MOST_ON_A_PAGE = 500

/** A place in a list: so many items in, right behind the one with this key. */
export interface Position {
  readonly at: number
  readonly last: string | null
}

/** Makes and reads the cursors of one list for one caller. */
export interface Cursors {
  readonly seal: StateSeal
  /** What a cursor is good for. */
  readonly bound: string
}

/**
 * The cursors of a list. One that everybody may share (`cacheScope: public`) has cursors that are good for
 * everybody; those of any other list belong to the caller that they were made for.
 */
export function cursorsOf(
  method: string,
  isShared: boolean,
  { seal, identity }: { readonly seal: StateSeal; readonly identity: Identity | undefined },
): Cursors {
  const who = isShared || identity === undefined ? null : [identity.issuer, identity.subject, identity.clientId]
  return { seal, bound: JSON.stringify(['cursor', method, who]) }
}

/**
 * Where a cursor says to go on (MCP, pagination): the beginning, if there is none.
 *
 * @throws {ProtocolError} -32602, when it was not made here for this list and this caller in the last ten minutes
 */
export function positionOf(cursor: string | undefined, { seal, bound }: Cursors): Position {
  if (cursor === undefined) return { at: 0, last: null }
  const value = seal.open(cursor, bound)?.value
  if (isRecord(value) && typeof value.at === 'number' && typeof value.last === 'string') {
    return { at: value.at, last: value.last }
  }
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown cursor')
}

/** What the items of a list are known by, and whether they stand in the order of that. */
export interface Keys<I> {
  readonly of: (item: I) => string
  readonly sorted: boolean
}

/** What is declared stands in the order of its names. */
export const BY_NAME: Keys<{ readonly name: string }> = { of: ({ name }) => name, sorted: true }

/**
 * One page of what a caller may know of, as a copy, and the cursor of the next page if there is one. The list may
 * have changed since the page before: it goes on behind the last item of that, wherever that stands now.
 */
export function pageFrom<I>(
  shown: readonly I[],
  keys: Keys<I>,
  position: Position,
  { seal, bound }: Cursors,
): { readonly items: I[]; readonly next: { readonly nextCursor?: string } } {
  const from = indexOf(shown, keys, position)
  const page = shown.slice(from, from + MOST_ON_A_PAGE)
  const last = page.at(-1)
  const isLast = last === undefined || from + page.length >= shown.length
  const next = isLast ? {} : { nextCursor: seal.seal({ at: from + page.length, last: keys.of(last) }, bound) }
  return { items: structuredClone(page), next }
}

function indexOf<I>(shown: readonly I[], keys: Keys<I>, { at, last }: Position): number {
  if (last === null) return at
  if (keys.sorted) {
    const next = shown.findIndex((item) => keys.of(item) > last)
    return next < 0 ? shown.length : next
  }
  const before = shown[at - 1]
  if (before !== undefined && keys.of(before) === last) return at
  const found = shown.findLastIndex((item) => keys.of(item) === last)
  return found < 0 ? Math.min(at, shown.length) : found + 1
}
