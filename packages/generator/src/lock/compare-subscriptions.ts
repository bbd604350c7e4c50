import type { AccessLock, Subscribers } from './access-lock.js'
import type { Change, Effect } from './change.js'
import { commonNames } from './names.js'

/** Who is told of changes of a resource: it tells that there is one, and when somebody does something with it. */
export function compareSubscriptions(
  { resources: before }: AccessLock,
  { resources: after }: AccessLock,
): readonly Change[] {
  return commonNames(before, after).flatMap(([name, { subscribe: was }, { subscribe: is }]): readonly Change[] => {
    if (was === is) return []
    const effect: Effect = reach(is) > reach(was) ? 'looser' : 'tighter'
    const words = { before: WORDS[was ?? 'nobody'], after: WORDS[is ?? 'nobody'] }
    return [{ effect, breaks: is === undefined, subject: { kind: 'resource', name }, aspect: 'subscribe', ...words }]
  })
}

const WORDS: { readonly [S in Subscribers | 'nobody']: string } = {
  nobody: 'for nobody',
  'by-rule': 'for whom its own rule allows it',
  all: 'for everybody who may read it',
}

function reach(subscribers: Subscribers | undefined): number {
  return Object.keys(WORDS).indexOf(subscribers ?? 'nobody')
}
