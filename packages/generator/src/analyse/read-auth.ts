import type { Place } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { AudienceFacts, AuthFacts, Fact, Located, ScopeClaim, TenantFacts } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { readPart, refuse, required, setting } from './read-auth-setting.js'
import { readIntrospection } from './read-introspection.js'
import { readTokenExchange } from './read-token-exchange.js'
import type { Report } from './report.js'
import { absent, member, type StaticObject, type StaticValue } from './static-value.js'

/** Reads which authorization servers issue the tokens: one, or a list. */
export function readAuth(server: StaticObject, report: Report): Fact<readonly Located<AuthFacts>[]> {
  const found = member(server, 'auth')
  if (found === null) return absent(server)
  const { value, place } = found
  if (value.kind !== 'array') {
    const facts = readCall(value, report)
    return facts === null ? 'unreadable' : { value: [{ value: facts, place }], place }
  }
  if (value.items.length === 0) {
    report.add('unreadable-auth', value.place, { setting: 'auth', construct: 'it names no authorization server' })
    return 'unreadable'
  }
  const issuers = value.items.map((item) => ({ value: readCall(item, report), place: item.place }))
  return issuers.every(isRead) ? { value: issuers, place } : 'unreadable'
}

function isRead(issuer: Located<AuthFacts | null>): issuer is Located<AuthFacts> {
  return issuer.value !== null
}

function readCall(value: StaticValue, report: Report): AuthFacts | null {
  if (value.kind === 'call' && (value.callee === 'embedded' || value.callee === 'oidc')) {
    const options = readOptions(value.arguments, value.place, report)
    if (options === null) return null
    reportUnknown(options, value.callee, `${value.callee}()`, report)
    return value.callee === 'embedded' ? readEmbedded(options, report) : readOidc(options, report)
  }
  return refuse('auth', value, report)
}

function readOptions(values: readonly StaticValue[], place: Place, report: Report): StaticObject | null {
  const [options = { kind: 'object', members: [], hidden: [], place } satisfies StaticObject] = values
  if (options.kind !== 'object') return refuse('auth', options, report)
  const [hidden] = options.hidden
  return hidden === undefined ? options : refuse('auth', hidden, report)
}

function readEmbedded(options: StaticObject, report: Report): AuthFacts | null {
  const found = member(options, 'issuer')
  if (found === null) return { kind: 'embedded', issuer: null }
  const issuer = setting('issuer', found.value, report)
  return issuer === null ? null : { kind: 'embedded', issuer }
}

function readOidc(options: StaticObject, report: Report): AuthFacts | null {
  const issuer = required('issuer', options, report)
  const tokens = oneOf('tokens', ['jwt', 'opaque'] as const, options, null, report)
  const typ = oneOf('typ', ['at+jwt', 'JWT'] as const, options, 'at+jwt', report)
  const introspection = readIntrospection(options, report)
  const scopeClaim = readScopeClaim(options, report)
  const scopes = readTextsOrNone('scopes', options, report)
  const audienceCompatibility = readCompatibility(options, report)
  const allowedClientIds = readTextsOrNone('allowedClientIds', options, report)
  const tenant = readTenant(options, report)
  const tokenExchange = readTokenExchange(options, report)
  if (issuer === null || tokens === null || typ === null) return null
  if (introspection === 'unreadable' || audienceCompatibility === 'unreadable') return null
  if (scopes === 'unreadable' || allowedClientIds === 'unreadable') return null
  if (tenant === 'unreadable' || scopeClaim === 'unreadable' || tokenExchange === 'unreadable') return null
  return {
    kind: 'oidc',
    issuer,
    tokens,
    typ,
    introspection,
    scopeClaim,
    scopes,
    audienceCompatibility,
    allowedClientIds,
    tenant,
    tokenExchange,
  }
}

function readScopeClaim(options: StaticObject, report: Report): ScopeClaim | null | 'unreadable' {
  if (member(options, 'scopeClaim') === null) return null
  return oneOf('scopeClaim', ['scope', 'scp', 'permissions'] as const, options, null, report) ?? 'unreadable'
}

function readCompatibility(options: StaticObject, report: Report): Located<AudienceFacts> | null | 'unreadable' {
  const found = readPart('audienceCompatibility', options, report)
  if (found === null || found === 'unreadable') return found
  const kinds = (['audiences', 'clientIds'] as const).filter((kind) => member(found, kind) !== null)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    const construct = 'it does not have one of audiences and clientIds'
    report.add('unreadable-auth', found.place, { setting: 'audienceCompatibility', construct })
    return 'unreadable'
  }
  const entries = readTexts(kind, found, report)
  return entries === null || entries === 'unreadable' ? 'unreadable' : { value: { kind, entries }, place: found.place }
}

function readTenant(options: StaticObject, report: Report): TenantFacts | null | 'unreadable' {
  const found = readPart('tenant', options, report)
  if (found === null || found === 'unreadable') return found
  const claim = member(found, 'claim')?.value
  const values = readTextsOrNone('values', found, report)
  if (claim !== undefined && isText(claim) && claim.value !== '' && values !== null && values !== 'unreadable') {
    return { claim: claim.value, values }
  }
  if (values !== 'unreadable') {
    const construct = 'it does not have a claim and values'
    report.add('unreadable-auth', found.place, { setting: 'tenant', construct })
  }
  return 'unreadable'
}

/** A list that restricts: an empty one would be read as nobody by one and as everybody by another. */
function readTextsOrNone(
  key: string,
  options: StaticObject,
  report: Report,
): readonly Located<string>[] | null | 'unreadable' {
  const texts = readTexts(key, options, report)
  if (texts === null || texts === 'unreadable' || texts.length > 0) return texts
  report.add('unreadable-auth', options.place, { setting: key, construct: 'it is empty' })
  return 'unreadable'
}

function readTexts(
  key: string,
  object: StaticObject,
  report: Report,
): readonly Located<string>[] | null | 'unreadable' {
  const value = member(object, key)?.value
  if (value === undefined) return null
  const wrong = value.kind === 'array' ? value.items.find((item) => !isText(item)) : value
  if (value.kind !== 'array' || wrong !== undefined) {
    refuse(key, wrong ?? value, report)
    return 'unreadable'
  }
  return value.items.flatMap((item) => (isText(item) ? [{ value: item.value, place: item.place }] : []))
}

function isText(value: StaticValue): value is StaticValue & { readonly kind: 'literal'; readonly value: string } {
  return value.kind === 'literal' && typeof value.value === 'string'
}

function oneOf<T extends string>(
  key: string,
  allowed: readonly T[],
  object: StaticObject,
  otherwise: T | null,
  report: Report,
): T | null {
  const value = member(object, key)?.value
  if (value === undefined && otherwise !== null) return otherwise
  const read = value?.kind === 'literal' ? allowed.find((candidate) => candidate === value.value) : undefined
  if (read !== undefined) return read
  const hint = value?.kind === 'literal' ? didYouMean(String(value.value), allowed) : ''
  const construct =
    value === undefined ? 'it is not there' : `it is not ${allowed.map((one) => `'${one}'`).join(' or ')}.${hint}`
  report.add('unreadable-auth', value?.place ?? object.place, { setting: key, construct })
  return null
}
