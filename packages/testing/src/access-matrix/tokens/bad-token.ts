import type { IssuerPolicy } from '@mcp-secure/runtime'
import type { TestIssuer } from '../../issuer.js'
import type { TrustedIssuer } from '../trusted-issuer.js'

/** What a bad token is made with. */
export interface TokenMaker {
  readonly trusted: TrustedIssuer
  /** The other issuers of the policy. */
  readonly others: readonly TrustedIssuer[]
  /** An authorization server that this server does not trust. */
  readonly stranger: TestIssuer
  readonly resource: string
  /** Every declared scope: a bad token holds them all, so that nothing but its fault can refuse it. */
  readonly scopes: readonly string[]
}

/** One way in which a token can be bad. */
export interface BadToken {
  /** As in "refuses …". */
  readonly name: string
  /** The forms of tokens that can have this fault. */
  readonly forms: readonly ('jwt' | 'opaque')[]
  /** Whether an issuer with this rule, beside these others, can have such tokens; all can, unless it says so. */
  isPossible?(rule: IssuerPolicy, others: readonly IssuerPolicy[]): boolean
  make(maker: TokenMaker): Promise<string>
}

export const BOTH: readonly ['jwt', 'opaque'] = ['jwt', 'opaque']
