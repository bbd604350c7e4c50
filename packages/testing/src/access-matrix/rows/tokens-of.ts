import type { ExpectedAccess } from '../expected-access.js'
import type { BadToken } from '../tokens/bad-token.js'
import { BAD_TOKENS } from '../tokens/bad-tokens.js'
import type { TrustedIssuer } from '../trusted-issuer.js'
import type { World } from '../world.js'

/** Every bad token of every issuer that the policy names; `at` says which issuer. */
export function badTokensOf({
  issuers,
}: ExpectedAccess): readonly { readonly name: string; readonly at: number; readonly bad: BadToken }[] {
  return issuers.flatMap(({ tokens }, at) =>
    BAD_TOKENS.filter(({ forms }) => forms.includes(tokens.form)).map((bad) => ({
      name: issuers.length === 1 ? bad.name : `${bad.name} (issuer ${at + 1})`,
      at,
      bad,
    })),
  )
}

/** One token of this kind, made once and used for everything. */
export function tokenOf(world: World, at: number, bad: BadToken): Promise<string> {
  const { stranger, resource, expected } = world
  const scopes = Object.keys(expected.scopes)
  return world.token(`bad ${at} ${bad.name}`, () =>
    bad.make({ trusted: issuerAt(world, at), stranger, resource, scopes }),
  )
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
