import { inWords } from '../access/access-matrix.js'
import type { AccessView } from '../render/policy-view.js'
import type { Change, Effect, Subject } from './change.js'
import { opens, type Rule } from './may-use.js'

const ASPECT = 'who may use it'

/** What somebody may use after, and who might use it before, if the rule itself changed. */
export function compareAccess(subject: Subject, before: Rule, after: Rule): readonly Change[] {
  const words = { before: accessInWords(before.access), after: accessInWords(after.access) }
  if (words.before === words.after) return []
  const effect: Effect = opens(before, after) ? 'looser' : opens(after, before) ? 'tighter' : 'none'
  return [{ effect, breaks: false, subject, aspect: ASPECT, ...words }]
}

/** Something that was not there. What is open to everybody is not for the rules of the old lock to allow. */
export function addedAccess(subject: Subject, access: AccessView): Change {
  const effect: Effect = access.access === 'public' ? 'looser' : 'new'
  return { effect, breaks: false, subject, aspect: ASPECT, before: null, after: accessInWords(access) }
}

export function removedAccess(subject: Subject, access: AccessView): Change {
  return { effect: 'tighter', breaks: true, subject, aspect: ASPECT, before: accessInWords(access), after: null }
}

function accessInWords(view: AccessView): string {
  return inWords(view.access === 'scopes' ? { kind: 'scopes', scopes: view.scopes } : { kind: view.access })
}
