import { type DownstreamView, serviceOf } from '../render/downstream-view.js'
import type { LockedAccess } from './access-lock.js'
import type { Change, Subject } from './change.js'
import { namesIn } from './names.js'

type Reach = Pick<LockedAccess, 'downstream'>

/** What is done in a caller's name: a service or a scope of one more is more that a handler can do there. */
export function compareDownstream(subject: Subject, before: Reach, after: Reach): readonly Change[] {
  const [was, is] = [before.downstream ?? [], after.downstream ?? []]
  const services = [...new Set([...was, ...is].map(keyOf))]
  return services.flatMap((service): readonly Change[] => {
    const [old, now] = [find(was, service), find(is, service)]
    const isMore = (now?.scopes ?? []).some((scope) => !old?.scopes.includes(scope))
    const isLess = (old?.scopes ?? []).some((scope) => !now?.scopes.includes(scope))
    if (!isMore && !isLess) return []
    const view = now ?? old
    const aspect = `downstream ${view === undefined ? service : serviceOf(view)}`
    return [{ effect: isMore ? 'looser' : 'tighter', breaks: false, subject, aspect, ...words(old, now) }]
  })
}

/** A service by its audience is not the one by its address, whatever they are called. */
function keyOf(view: DownstreamView): string {
  return JSON.stringify([view.audience ?? null, view.resource ?? null])
}

function find(views: readonly DownstreamView[], key: string): DownstreamView | undefined {
  return views.find((view) => keyOf(view) === key)
}

function words(was: DownstreamView | undefined, is: DownstreamView | undefined): Pick<Change, 'before' | 'after'> {
  const inWords = (view: DownstreamView | undefined): string | null =>
    view === undefined ? null : namesIn(view.scopes)
  return { before: inWords(was), after: inWords(is) }
}
