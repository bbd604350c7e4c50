import { inWords } from '../access/access-matrix.js'
import { conditionsInWords } from '../render/conditions-view.js'
import type { AccessView } from '../render/policy-view.js'
import type { LockedAccess, LockedPrompt, LockedResource } from './access-lock.js'
import type { Change, Effect, Subject } from './change.js'
import { compareConditions } from './compare-conditions.js'
import { compareDownstream } from './compare-downstream.js'
import { opens, type Scopes } from './may-use.js'

const ASPECT = 'who may use it'

/** Who may use something and what is asked for besides, under the scopes of its time. */
export interface LockedRule {
  readonly access: LockedAccess
  readonly scopes: Scopes
}

/** What somebody may use after, and who might use it before, if the rule itself changed. */
export function compareAccess(subject: Subject, before: LockedRule, after: LockedRule): readonly Change[] {
  return [
    ...compareWho(subject, before, after),
    ...compareConditions(subject, before, after),
    ...compareDownstream(subject, before.access, after.access),
  ]
}

function compareWho(subject: Subject, before: LockedRule, after: LockedRule): readonly Change[] {
  const words = { before: whoInWords(before.access), after: whoInWords(after.access) }
  if (words.before === words.after) return []
  const effect: Effect = opens(before, after) ? 'looser' : opens(after, before) ? 'tighter' : 'none'
  return [{ effect, breaks: false, subject, aspect: ASPECT, ...words }]
}

/**
 * Something that was not there. What is open to everybody is not for the rules of
 * the old lock to allow, and nor is what it does in the name of callers elsewhere.
 */
export function addedAccess(subject: Subject, access: LockedItem): readonly Change[] {
  const effect: Effect = access.access === 'public' ? 'looser' : 'new'
  return [
    { effect, breaks: false, subject, aspect: ASPECT, before: null, after: accessInWords(access) },
    ...compareDownstream(subject, {}, access),
  ]
}

export function removedAccess(subject: Subject, access: LockedItem): Change {
  return { effect: 'tighter', breaks: true, subject, aspect: ASPECT, before: accessInWords(access), after: null }
}

/** Who may use something, what is asked for besides, and what it does besides answering. */
export function accessInWords({ uses, subscribe, ...access }: LockedItem): string {
  return [
    whoInWords(access),
    ...conditionsInWords(access),
    ...(uses === undefined ? [] : [`uses ${uses.join(', ')}`]),
    ...(subscribe === undefined ? [] : ['can be subscribed to']),
  ].join('; ')
}

/** A tool, a prompt or a resource. */
type LockedItem = LockedAccess & Pick<LockedPrompt, 'uses'> & Pick<LockedResource, 'subscribe'>

function whoInWords(view: AccessView): string {
  switch (view.access) {
    case 'scopes':
      return inWords({ kind: 'scopes', scopes: view.scopes })
    case 'any-of':
      return inWords({ kind: 'any-of', anyOf: view.anyOf })
    default:
      return inWords({ kind: view.access })
  }
}
