import type { Change } from '../lock/change.js'

/** How much of what there is: `1 looser, 2 new, 1 breaks callers`. */
export function summaryOf(changes: readonly Change[]): string {
  if (changes.length === 0) return 'nobody gained or lost anything'
  const of = (effect: Change['effect']) => changes.filter((change) => change.effect === effect).length
  const breaking = changes.filter(({ breaks }) => breaks).length
  const harmless = changes.filter(({ effect, breaks }) => effect === 'none' && !breaks).length
  const counts: readonly (readonly [count: number, word: string])[] = [
    [of('looser'), 'looser'],
    [of('new'), 'new'],
    [of('tighter'), 'tighter'],
    [breaking, breaking === 1 ? 'breaks callers' : 'break callers'],
    [harmless, 'without effect'],
  ]
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}
