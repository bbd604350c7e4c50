import type { TokenRequest } from '../../issuer.js'
import { callerFor, type MatrixCaller } from '../callers.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import type { BadToken } from '../tokens/bad-token.js'
import { BAD_TOKENS } from '../tokens/bad-tokens.js'
import type { TrustedIssuer } from '../trusted-issuer.js'
import type { World } from '../world.js'
import { goodLogin } from './good-login.js'

/** Every bad token of every issuer that the policy names; `at` says which issuer. */
export function badTokensOf({
  issuers,
}: ExpectedAccess): readonly { readonly name: string; readonly at: number; readonly bad: BadToken }[] {
  return issuers.flatMap((rule, at) => {
    const others = issuers.filter((other) => other !== rule)
    return BAD_TOKENS.filter(({ forms }) => forms.includes(rule.tokens.form))
      .filter((bad) => bad.isPossible?.(rule, others) ?? true)
      .map((bad) => ({ name: issuers.length === 1 ? bad.name : `${bad.name} (issuer ${at + 1})`, at, bad }))
  })
}

/** One token of this kind, made once and used for everything. */
export function tokenOf(world: World, at: number, bad: BadToken): Promise<string> {
  const { stranger, resource, expected } = world
  const scopes = Object.keys(expected.scopes)
  const trusted = issuerAt(world, at)
  const others = world.trusted.filter((other) => other !== trusted)
  return world.token(`bad ${at} ${bad.name}`, () => bad.make({ trusted, others, stranger, resource, scopes }))
}

export function issuerAt({ trusted }: World, at: number): TrustedIssuer {
  const issuer = trusted[at]
  if (issuer === undefined) throw new Error(`The policy names ${trusted.length} issuers, and the spec names more.`)
  return issuer
}

/** A good token that holds no scope. */
export function plainToken(world: World): Promise<string> {
  return world.token('plain', () => issuerAt(world, 0).issue({}))
}

/** Somebody for whom there is an item; of the first issuer that has such callers, unless one is named. */
export function callerOf(
  item: ExpectedItem,
  world: World,
  at?: number,
): MatrixCaller & { readonly issuer: TrustedIssuer } {
  const { expected } = world
  const where = at ?? expected.issuers.findIndex((_, index) => callerFor(item, expected, index) !== undefined)
  const caller = callerFor(item, expected, where)
  if (caller === undefined) throw new Error(`The ${item.kind} ${item.name} is for nobody.`)
  return { ...caller, issuer: issuerAt(world, where) }
}

/** A token of such a caller, after a login that does; good unless the request says otherwise. */
export function tokenFor(
  item: ExpectedItem,
  world: World,
  { claims, ...request }: TokenRequest,
  at?: number,
): Promise<string> {
  const { issuer, clientId, claims: own } = callerOf(item, world, at)
  return issuer.issue({ ...request, clientId, claims: { ...own, ...goodLogin(item), ...claims } })
}
