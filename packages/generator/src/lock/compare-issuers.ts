import { isDeepStrictEqual } from 'node:util'
import { settingInWords } from '../render/setting-in-words.js'
import type { AccessLock, LockedIssuer } from './access-lock.js'
import type { Change, Effect, Subject } from './change.js'
import { compareDevelopment, settingName } from './compare-settings.js'

/** Whose tokens are accepted, and which of them. An issuer decides about every caller. */
export function compareIssuers({ issuers: before }: AccessLock, { issuers: after }: AccessLock): readonly Change[] {
  const added = after.filter((issuer) => sameIn(before, issuer) === undefined)
  const removed = before.filter((issuer) => sameIn(after, issuer) === undefined)
  return [
    ...added.map((issuer) => ({ ...whole(issuer), effect: 'looser' as const, before: null, after: 'accepted' })),
    ...removed.map((issuer) => ({ ...whole(issuer), effect: 'tighter' as const, before: 'accepted', after: null })),
    ...after.flatMap((issuer) => {
      const same = sameIn(before, issuer)
      return same === undefined ? [] : compareIssuer(same, issuer)
    }),
  ]
}

function sameIn(issuers: readonly LockedIssuer[], { issuer }: LockedIssuer): LockedIssuer | undefined {
  return issuers.find((other) => settingInWords(other.issuer) === settingInWords(issuer))
}

function subjectOf({ issuer }: LockedIssuer): Subject {
  return { kind: 'issuer', name: settingName(issuer) }
}

function whole(issuer: LockedIssuer): Pick<Change, 'breaks' | 'subject' | 'aspect'> {
  return { breaks: false, subject: subjectOf(issuer), aspect: 'its tokens' }
}

function compareIssuer(before: LockedIssuer, after: LockedIssuer): readonly Change[] {
  const keys = [...new Set([...Object.keys(before.tokens), ...Object.keys(after.tokens)])]
  return [
    ...compareDevelopment(subjectOf(after), before.issuer, after.issuer),
    ...keys.flatMap((key) => compareTokens(key, before, after)),
  ]
}

function compareTokens(key: string, before: LockedIssuer, after: LockedIssuer): readonly Change[] {
  const [was, is] = [before.tokens[key], after.tokens[key]]
  if (isDeepStrictEqual(was, is)) return []
  const subject = subjectOf(after)
  const words = { before: inWords(was), after: inWords(is) }
  return [{ effect: effectOf(key, was, is), breaks: false, subject, aspect: `${key} of its tokens`, ...words }]
}

/** What is not known to be narrower counts as looser. */
function effectOf(key: string, was: unknown, is: unknown): Effect {
  return Object.hasOwn(IS_NARROWER, key) && IS_NARROWER[key]?.(was, is) === true ? 'tighter' : 'looser'
}

/** When a setting lets in fewer tokens than before, for those that can. */
const IS_NARROWER: Readonly<Record<string, (was: unknown, is: unknown) => boolean>> = {
  // RFC 9068, section 4: `at+jwt` keeps out tokens that are for something else, such as ID tokens.
  typ: (was, is) => was === 'JWT' && is === 'at+jwt',
  audienceCompatibility: (_, is) => is === undefined,
  allowedClientIds: isFewer,
  scopes: isFewer,
  tokenExchange: (_, is) => is === undefined,
  tenant: (was, is) => is !== undefined && (was === undefined || isPartOfTenants(is, was)),
}

/** Fewer of a list, or a list where all were accepted. */
function isFewer(was: unknown, is: unknown): boolean {
  return Array.isArray(is) && (was === undefined || isPart(is, was))
}

function isPart(some: readonly unknown[], all: unknown): boolean {
  return Array.isArray(all) && some.every((one) => all.includes(one))
}

/** Fewer values of the same claim. */
function isPartOfTenants(is: unknown, was: unknown): boolean {
  const [some, all] = [asTenant(is), asTenant(was)]
  return some !== null && all !== null && some.claim === all.claim && isPart(some.values, all.values)
}

function asTenant(value: unknown): { readonly claim: unknown; readonly values: readonly unknown[] } | null {
  if (typeof value !== 'object' || value === null || !('claim' in value && 'values' in value)) return null
  return Array.isArray(value.values) ? { claim: value.claim, values: value.values } : null
}

function inWords(value: unknown): string | null {
  return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
}
