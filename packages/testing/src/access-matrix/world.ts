import { isDeepStrictEqual } from 'node:util'
import type { AccessPolicy, IssuerPolicy, Policy, Setting } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer } from '../issuer.js'
import type { AskRequest } from './asks/ask.js'
import { exchangeHere } from './exchange-here.js'
import type { Outcome, Run } from './expectation.js'
import type { AccessMatrixOptions, AppUnderTest, ExpectedAccess } from './expected-access.js'
import { RuleSpy, spiesFor } from './spies.js'
import { startTrustedIssuer, type TrustedIssuer } from './trusted-issuer.js'

/** The server under test, the issuers that it trusts here, and one that it does not. */
export interface World {
  readonly expected: ExpectedAccess
  readonly resource: string
  /** As many as the policy names, in its order. */
  readonly trusted: readonly TrustedIssuer[]
  readonly stranger: TestIssuer
  /** What stands in for the project's rules about objects. */
  readonly rule: RuleSpy
  /** A token that is made once. */
  token(key: string, make: () => Promise<string>): Promise<string>
  /** What comes of a request. */
  ask(request: AskRequest, token: string | undefined): Promise<Outcome>
  /** The same, of a server that counts of each issuer only the scopes that it can grant. */
  askGranting(request: AskRequest, token: string | undefined): Promise<Outcome>
  /** The body of an answer that is let through. */
  read(request: AskRequest, token: string | undefined): Promise<string>
  close(): Promise<void>
}

/** Makes the server as the project's own start would, but for its issuers, its handlers and its services. */
export async function createWorld({ serverFactory, definition, expected }: AccessMatrixOptions): Promise<World> {
  const resource = resourceOf(expected.resource)
  const rules = definition.policy.issuers
  const trusted = await Promise.all(rules.map((rule) => startTrustedIssuer(rule, resource)))
  const stranger = await createTestIssuer({ audience: resource })
  const close = async () =>
    void (await Promise.all([stranger, ...trusted.map(({ test }) => test)].map((it) => it.stop())))
  const runs: Run[] = []
  const rule = new RuleSpy()
  const policy = {
    ...definition.policy,
    resource,
    ...itemsHere(definition.policy, trusted),
    // The form decides nothing, and there is one that every row knows.
    denials: 'http' as const,
  }
  const spies = spiesFor(definition, runs, rule)
  const start = (issuers: readonly IssuerPolicy[]): Promise<AppUnderTest> =>
    serverFactory({ ...definition, ...spies, policy: { ...policy, issuers } })({
      environment: {
        NODE_ENV: 'test',
        ...Object.fromEntries(trusted.map(({ test }, at) => [SECRET(at), test.client.secret])),
      },
      logger: false,
    }).catch(async (error: unknown) => {
      await close()
      throw error
    })
  const granting = trusted.map(issuerPolicy)
  // Whoever needs every scope for a row gets them from any issuer; what one cannot grant has rows of its own.
  const app = await start(granting.map(({ scopes: _, ...all }) => all))
  const grantingApp = rules.some(({ scopes }) => scopes !== undefined) ? await start(granting) : app
  const tokens = new Map<string, Promise<string>>()
  const { host, pathname } = new URL(resource)

  async function send({ method, headers, body }: AskRequest, token: string | undefined, to: AppUnderTest = app) {
    return to.inject({
      method,
      url: pathname,
      headers: {
        host,
        accept: 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  }

  async function outcomeOf(request: AskRequest, token: string | undefined, to: AppUnderTest): Promise<Outcome> {
    const { statusCode, headers, payload } = await send(request, token, to)
    const challenge = headers['www-authenticate']
    return {
      status: statusCode,
      challenge: typeof challenge === 'string' ? challenge : null,
      refusal: statusCode === 401 || statusCode === 403 ? payload : null,
      // Taken, not copied: what ran late shows in the next answer instead of nowhere.
      runs: runs.splice(0),
    }
  }

  return {
    expected,
    resource,
    trusted,
    stranger,
    rule,
    token(key, make) {
      const made = tokens.get(key) ?? make()
      tokens.set(key, made)
      return made
    },
    ask: (request, token) => outcomeOf(request, token, app),
    askGranting: (request, token) => outcomeOf(request, token, grantingApp),
    async read(request, token) {
      return (await send(request, token)).payload
    },
    async close() {
      await Promise.all([...new Set([app, grantingApp])].map((it) => it.close()))
      await close()
    },
  }
}

/** The same rule for tokens, at an issuer that this test runs: what it says of audiences is left out, so that none but ours counts. */
function issuerPolicy({ test, rule }: TrustedIssuer, at: number): IssuerPolicy {
  const { audienceCompatibility: _, ...said } = rule
  const rules = { ...said, ...exchangeHere(rule, test, SECRET(at)) }
  if (rule.tokens.form === 'jwt') return { ...rules, issuer: test.issuer }
  const introspection = { clientId: test.client.id, clientSecret: { env: SECRET(at) } }
  return { ...rules, issuer: test.issuer, tokens: { form: 'opaque', introspection } }
}

type Items = Pick<Policy, 'tools' | 'resources' | 'prompts'>

/** The policies of everything, with the issuers that they name where they are here. */
function itemsHere({ tools, resources = {}, prompts = {} }: Items, trusted: readonly TrustedIssuer[]): Items {
  const here = <P extends AccessPolicy>(policy: P): P => {
    const { onlyFor } = policy
    if (onlyFor?.issuers === undefined) return policy
    const issuers = onlyFor.issuers.map(
      (named) => trusted.find(({ rule }) => isDeepStrictEqual(rule.issuer, named))?.test.issuer ?? named,
    )
    return { ...policy, onlyFor: { ...onlyFor, issuers } }
  }
  const all = <P extends AccessPolicy>(policies: Readonly<Record<string, P>>): Readonly<Record<string, P>> =>
    Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, here(policy)]))
  return { tools: all(tools), resources: all(resources), prompts: all(prompts) }
}

const SECRET = (at: number): string => `ACCESS_MATRIX_SECRET_${at}`

/** The address does not matter, only that tokens are for it. */
function resourceOf(setting: Setting): string {
  if (typeof setting === 'string') return setting
  return setting.development ?? 'https://access-matrix.example/mcp'
}
