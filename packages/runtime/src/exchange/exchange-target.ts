import type { Downstream } from '../definition.js'
import { isRecord } from '../mcp/is-record.js'
import { ExchangeRefused } from './exchange-error.js'

/** For what a token is asked for: a declared service, and some of the scopes that are declared for it. */
export interface ExchangeTarget {
  readonly kind: 'audience' | 'resource'
  readonly name: string
  /** Each once, sorted. */
  readonly scopes: readonly string[]
}

/**
 * What a handler asks for, if its spec declares it. A handler may pass on what a
 * client sent: nothing is for sale here but what is declared, compared as it is.
 *
 * @throws {ExchangeRefused} with `not-declared`
 */
export function exchangeTarget(asked: unknown, declared: readonly Downstream[]): ExchangeTarget {
  const { audience, resource, scopes } = isRecord(asked) ? asked : {}
  const service = declared.find(
    (one) => one.audience === audience && one.resource === resource && (audience ?? resource) !== undefined,
  )
  if (service === undefined) throw undeclared('exchangeToken() was asked for a service that the spec does not declare.')
  const wanted: readonly unknown[] | undefined = scopes === undefined ? service.scopes : asList(scopes)
  const some = service.scopes.filter((scope) => wanted?.includes(scope))
  if (wanted === undefined || some.length === 0 || !wanted.every((scope) => some.some((one) => one === scope))) {
    throw undeclared('exchangeToken() takes some of the scopes that the spec declares for the service, and no others.')
  }
  const kind = service.audience === undefined ? 'resource' : 'audience'
  return { kind, name: service.audience ?? service.resource, scopes: [...new Set(some)].sort() }
}

function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? [...value] : undefined
}

function undeclared(detail: string): ExchangeRefused {
  return new ExchangeRefused({ code: 'not-declared', detail })
}
