import { isRecord } from './is-record.js'

/** The first revisions that know a member of what lists hold, or of its annotations. A client of an older one is not told of it. */
const SINCE = { icons: '2025-11-25', _meta: '2025-06-18', lastModified: '2025-06-18' } as const

type Member = keyof typeof SINCE

/** What lists say in the revision that a client speaks: without the members that came later. */
export function inRevision<I extends object>(items: readonly I[], revision: string): I[] {
  const unknown = (Object.keys(SINCE) as Member[]).filter((member) => !knows(revision, member))
  return unknown.length === 0 ? [...items] : items.map((item) => without(item, unknown))
}

/** Whether a revision has a member. Revisions are dates, and compare as such. */
export function knows(revision: string, member: Member): boolean {
  return revision >= SINCE[member]
}

function without<I extends object>(item: I, members: readonly string[]): I {
  const kept = Object.entries(item).filter(([key]) => !members.includes(key))
  return Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'annotations' && isRecord(value) ? without(value, members) : value]),
  ) as I
}
