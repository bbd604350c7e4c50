import type { AccessLock, LockedScope } from './access-lock.js'
import type { Change, Effect, Subject } from './change.js'
import { commonNames, namesIn, onlyIn } from './names.js'

/** Which scopes there are, what they bring with them, and which every client is given at its first login. */
export function compareScopes({ scopes: before }: AccessLock, { scopes: after }: AccessLock): readonly Change[] {
  const isOld = (scope: string) => Object.hasOwn(before, scope)
  return [
    ...onlyIn(after, before).map(([name, scope]): Change => {
      // Who is granted it may then do what needed another scope before.
      const effect: Effect = scope.implies.some(isOld) ? 'looser' : 'new'
      return { effect, breaks: false, subject: subjectOf(name), aspect: 'scope', before: null, after: inWords(scope) }
    }),
    ...onlyIn(before, after).map(([name, scope]): Change => {
      const words = { before: inWords(scope), after: null }
      return { effect: 'tighter', breaks: false, subject: subjectOf(name), aspect: 'scope', ...words }
    }),
    ...commonNames(before, after).flatMap(([name, was, is]) => [
      ...compareImplies(name, was, is, isOld),
      ...compareBaseline(name, was, is),
    ]),
  ]
}

function subjectOf(name: string): Subject {
  return { kind: 'scope', name }
}

function inWords({ baseline, implies }: LockedScope): string {
  const parts = [...(baseline ? ['baseline'] : []), ...(implies.length > 0 ? [`implies ${namesIn(implies)}`] : [])]
  return parts.length === 0 ? 'implies nothing' : parts.join(', ')
}

function compareImplies(
  name: string,
  { implies: was }: LockedScope,
  { implies: is }: LockedScope,
  isOld: (scope: string) => boolean,
): readonly Change[] {
  const gained = is.filter((scope) => !was.includes(scope))
  const lost = was.filter((scope) => !is.includes(scope))
  if (gained.length + lost.length === 0) return []
  const effect: Effect = gained.some(isOld) ? 'looser' : gained.length > 0 ? 'new' : 'tighter'
  const words = { before: namesIn(was), after: namesIn(is) }
  return [{ effect, breaks: false, subject: subjectOf(name), aspect: 'implies', ...words }]
}

/** What is asked for at every first login is soon held by everybody. */
function compareBaseline(
  name: string,
  { baseline: was }: LockedScope,
  { baseline: is }: LockedScope,
): readonly Change[] {
  if (was === is) return []
  const words = { before: was ? 'yes' : 'no', after: is ? 'yes' : 'no' }
  const effect: Effect = is ? 'looser' : 'tighter'
  return [{ effect, breaks: false, subject: subjectOf(name), aspect: 'baseline', ...words }]
}
