import type { IssuerPolicy, Policy } from '../definition.js'

/** Seconds for which an answer about a token may be believed at most. */
const LONGEST_BELIEF = 300

/** What is wrong with the rules for the issuers, as far as no setting has to be read for it. */
export function checkIssuers({ issuers, scopes }: Policy): string[] {
  if (issuers.length === 0) return ['The policy names no issuer whose tokens are accepted.']
  return [
    ...opaqueProblems(issuers),
    ...issuers.flatMap((policy) => [
      ...formProblems(policy),
      ...introspectionProblems(policy),
      ...listProblems(policy),
      ...scopeProblems(policy, Object.keys(scopes)),
      ...compatibilityProblems(policy, Object.keys(scopes)),
      ...exchangeProblems(policy),
    ]),
  ]
}

/** An opaque token does not say whose it is: it would be shown to an issuer that could use it itself. */
function opaqueProblems(issuers: readonly IssuerPolicy[]): string[] {
  const opaque = issuers.filter(({ tokens }) => tokens.form === 'opaque')
  return opaque.length < 2
    ? []
    : ['The policy names several issuers with opaque tokens, which do not say whose they are.']
}

const TYPES: readonly string[] = ['at+jwt', 'JWT']

/** Every check of a token hangs on these two words: one that is misspelt would leave some out. */
function formProblems({ tokens }: IssuerPolicy): string[] {
  const isKnown = tokens.form === 'jwt' ? TYPES.includes(tokens.typ) : tokens.form === 'opaque'
  return isKnown ? [] : ['tokens of an issuer are "jwt" with the typ "at+jwt" or "JWT", or "opaque".']
}

function introspectionProblems({ tokens }: IssuerPolicy): string[] {
  if (tokens.form !== 'opaque') return []
  const { cacheSeconds } = tokens.introspection
  if (cacheSeconds === undefined) return []
  return Number.isInteger(cacheSeconds) && cacheSeconds >= 0 && cacheSeconds <= LONGEST_BELIEF
    ? []
    : [`cacheSeconds of an issuer is ${cacheSeconds}: it is a whole number from 0 to ${LONGEST_BELIEF}.`]
}

/** Seconds for which an exchanged token may be kept at most. */
const LONGEST_KEPT = 3600

function exchangeProblems({ tokenExchange: rule }: IssuerPolicy): string[] {
  if (rule === undefined) return []
  const { form, cacheSeconds = 0 } = rule
  const problems: string[] = []
  if (form !== 'rfc8693' && form !== 'entra-obo') problems.push('has a form that is not known.')
  if (!(Number.isInteger(cacheSeconds) && cacheSeconds >= 0 && cacheSeconds <= LONGEST_KEPT)) {
    problems.push(`has cacheSeconds ${cacheSeconds}: it is a whole number from 0 to ${LONGEST_KEPT}.`)
  }
  if (!('clientSecret' in rule) && !('privateKey' in rule))
    problems.push('does not say how its client shows who it is.')
  if (form === 'entra-obo' && 'privateKey' in rule && !isThumbprint(rule.certificateThumbprint)) {
    problems.push('needs the certificateThumbprint of its key: SHA-256 of the certificate, base64url.')
  }
  return problems.map((problem) => `tokenExchange of an issuer ${problem}`)
}

function isThumbprint(value: string | undefined): boolean {
  return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)
}

function listProblems({ allowedClientIds, tenant }: IssuerPolicy): string[] {
  const problems: string[] = []
  if (allowedClientIds !== undefined && !isList(allowedClientIds)) {
    problems.push('allowedClientIds of an issuer names each client by its id, and at least one.')
  }
  if (tenant !== undefined && !(isExact(tenant.claim) && isList(tenant.values))) {
    problems.push('tenant of an issuer names a claim and each value that it may have, and at least one.')
  }
  return problems
}

function scopeProblems({ scopes }: IssuerPolicy, declared: readonly string[]): string[] {
  if (scopes === undefined || (scopes.length > 0 && scopes.every((scope) => declared.includes(scope)))) return []
  return ['scopes of an issuer names each scope as it is declared, and at least one.']
}

function isList(entries: readonly unknown[]): boolean {
  return entries.length > 0 && entries.every(isExact)
}

/** A rule that lets in what it does not name is no rule. */
function compatibilityProblems({ audienceCompatibility: rule }: IssuerPolicy, scopes: readonly string[]): string[] {
  if (rule === undefined) return []
  const listed: readonly string[] = 'audiences' in rule ? rule.audiences : rule.clientIds
  const problems: string[] = []
  if ('audiences' in rule && 'clientIds' in rule) problems.push('says audiences and clientIds: keep one of them.')
  if (!isList(listed)) problems.push('names each entry exactly, and at least one.')
  if (scopes.length === 0)
    problems.push('needs a scope: without one nothing shows that a token is meant for this server.')
  return problems.map((problem) => `audienceCompatibility of an issuer ${problem}`)
}

function isExact(entry: unknown): boolean {
  return typeof entry === 'string' && entry.trim() !== '' && entry === entry.trim() && !entry.includes('*')
}
