import type { Place } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { AuthFacts, Fact, IntrospectionFacts, Located, SettingFact } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { readSetting } from './read-setting.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject, type StaticValue } from './static-value.js'

/** Reads which authorization server issues the tokens. */
export function readAuth(server: StaticObject, report: Report): Fact<AuthFacts> {
  const found = member(server, 'auth')
  if (found === null) return absent(server)
  const facts = readCall(found.value, report)
  return facts === null ? 'unreadable' : { value: facts, place: found.place }
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
  if (issuer === null || tokens === null || typ === null || introspection === 'unreadable') return null
  return { kind: 'oidc', issuer, tokens, typ, introspection }
}

function readIntrospection(options: StaticObject, report: Report): IntrospectionFacts | null | 'unreadable' {
  const found = member(options, 'introspection')?.value
  if (found === undefined) return null
  const hidden = found.kind === 'object' ? found.hidden[0] : found
  if (found.kind !== 'object' || hidden !== undefined) {
    refuse('introspection', hidden ?? found, report)
    return 'unreadable'
  }
  reportUnknown(found, 'introspection', 'introspection', report)
  const clientId = required('clientId', found, report)
  const clientSecret = required('clientSecret', found, report)
  return clientId === null || clientSecret === null ? 'unreadable' : { clientId, clientSecret }
}

function required(key: string, object: StaticObject, report: Report): Located<SettingFact> | null {
  const found = member(object, key)
  if (found !== null) return setting(key, found.value, report)
  report.add('unreadable-auth', object.place, { setting: key, construct: 'it is not there' })
  return null
}

function setting(key: string, value: StaticValue, report: Report): Located<SettingFact> | null {
  const read = readSetting(value)
  return 'kind' in read ? refuse(key, read, report) : read
}

function oneOf<T extends string>(
  key: string,
  allowed: readonly T[],
  object: StaticObject,
  absent: T | null,
  report: Report,
): T | null {
  const value = member(object, key)?.value
  if (value === undefined && absent !== null) return absent
  const read = value?.kind === 'literal' ? allowed.find((candidate) => candidate === value.value) : undefined
  if (read !== undefined) return read
  const hint = value?.kind === 'literal' ? didYouMean(String(value.value), allowed) : ''
  const construct =
    value === undefined ? 'it is not there' : `it is not ${allowed.map((one) => `'${one}'`).join(' or ')}.${hint}`
  report.add('unreadable-auth', value?.place ?? object.place, { setting: key, construct })
  return null
}

function refuse(key: string, value: StaticValue, report: Report): null {
  report.add('unreadable-auth', value.place, { setting: key, construct: `it is ${describe(value)}` })
  return null
}
