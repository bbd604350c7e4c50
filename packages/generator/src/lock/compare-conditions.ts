import type { ConditionsView } from '../render/conditions-view.js'
import { type OnlyForView, onlyForInWords } from '../render/only-for-view.js'
import type { Setting } from '../render/policy-view.js'
import { settingInWords } from '../render/setting-in-words.js'
import type { LockedAccess } from './access-lock.js'
import type { Change, Effect, Subject } from './change.js'
import { opens, type Scopes } from './may-use.js'

interface Rule {
  readonly access: LockedAccess
  readonly scopes: Scopes
}

type Condition = keyof ConditionsView

/** What is asked for besides who may use something: each part that changed. */
export function compareConditions(subject: Subject, before: Rule, after: Rule): readonly Change[] {
  return CONDITIONS.flatMap((condition): readonly Change[] => {
    const words = { before: IN_WORDS[condition](before.access), after: IN_WORDS[condition](after.access) }
    if (words.before === words.after) return []
    return [{ effect: effectOf(condition, before, after), breaks: false, subject, aspect: condition, ...words }]
  })
}

const CONDITIONS: readonly Condition[] = ['whenDenied', 'onlyFor', 'freshLogin', 'acr', 'argumentScopes', 'authorize']

/** A value that is another one always has other words. */
const IN_WORDS: { readonly [C in Condition]: (access: ConditionsView) => string | null } = {
  whenDenied: ({ whenDenied }) => whenDenied ?? null,
  onlyFor: ({ onlyFor }) => (onlyFor === undefined ? null : onlyForInWords(onlyFor)),
  freshLogin: ({ freshLogin }) => (freshLogin === undefined ? null : `${freshLogin.maxAgeSeconds} seconds`),
  acr: ({ acr }) => acr?.join(' or ') ?? null,
  argumentScopes: ({ argumentScopes }) => argumentScopes?.join(', ') ?? null,
  authorize: ({ authorize }) => (authorize === undefined ? null : 'a rule about the object'),
}

function effectOf(condition: Condition, before: Rule, after: Rule): Effect {
  const isLooser = IS_LOOSER[condition]
  return isLooser(before, after) ? 'looser' : isLooser(after, before) ? 'tighter' : 'none'
}

/** Whether somebody may do something by `after`, for all that this condition says, and might not by `before`. */
const IS_LOOSER: { readonly [C in Condition]: (before: Rule, after: Rule) => boolean } = {
  // Whoever is denied is denied either way.
  whenDenied: () => false,
  onlyFor: ({ access: { onlyFor: was } }, { access: { onlyFor: is } }) => isForMore(was, is),
  freshLogin: ({ access: { freshLogin: was } }, { access: { freshLogin: is } }) =>
    was !== undefined && (is === undefined || is.maxAgeSeconds > was.maxAgeSeconds),
  acr: ({ access: { acr: was } }, { access: { acr: is } }) =>
    was !== undefined && (is === undefined || is.some((level) => !was.includes(level))),
  argumentScopes: asksForLess,
  authorize: ({ access: { authorize: was } }, { access: { authorize: is } }) => was !== undefined && is === undefined,
}

/** Whether somebody is named after who was not before: in one of the lists, or because a list is gone. */
function isForMore(was: OnlyForView = {}, is: OnlyForView = {}): boolean {
  return (['clientIds', 'tenants', 'issuers'] as const).some((list) => {
    const [before, after] = [namesOf(was[list]), namesOf(is[list])]
    return before !== undefined && (after === undefined || after.some((name) => !before.includes(name)))
  })
}

function namesOf(list: readonly Setting[] | undefined): readonly string[] | undefined {
  return list?.map(settingInWords)
}

/** A scope that arguments can ask for no more, if somebody may use the rest without having it. */
function asksForLess(before: Rule, after: Rule): boolean {
  const kept = after.access.argumentScopes ?? []
  const gone = before.access.argumentScopes?.filter((scope) => !kept.includes(scope)) ?? []
  return gone.some((scope) => opens(withScope(before, scope), after))
}

/** The rule for arguments that ask for this scope. */
function withScope({ access, scopes }: Rule, scope: string): Rule {
  switch (access.access) {
    case 'public':
      return { access, scopes }
    case 'authenticated':
      return { access: { access: 'scopes', scopes: [scope] }, scopes }
    case 'scopes':
      return { access: { access: 'scopes', scopes: [...access.scopes, scope] }, scopes }
    case 'any-of':
      return { access: { access: 'any-of', anyOf: access.anyOf.map((set) => [...set, scope]) }, scopes }
  }
}
