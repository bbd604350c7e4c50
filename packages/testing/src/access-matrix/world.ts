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
  const closing = new Closing()
  try {
    const resource = resourceOf(expected.resource)
    const stranger = await createTestIssuer({ audience: resource })
    closing.add(() => stranger.stop())
    const trusted: TrustedIssuer[] = []
    for (const rule of definition.policy.issuers) {
      const issuer = await startTrustedIssuer(rule, resource)
      closing.add(() => issuer.test.stop())
      trusted.push(issuer)
    }
    const runs: Run[] = []
    const rule = new RuleSpy()
    const start = async (issuers: readonly IssuerPolicy[]): Promise<Asked> => {
      const policy = { ...policyHere(definition.policy, resource, trusted), issuers }
      const app = await serverFactory({ ...definition, ...spiesFor(definition, runs, rule), policy })({
        environment: environmentOf(trusted),
        logger: false,
      })
      closing.add(() => app.close())
      return askedOf(app, resource, runs)
    }
    const granting = trusted.map(issuerPolicy)
    // Whoever needs every scope for a row gets them from any issuer; what one cannot grant has rows of its own.
    const usual = await start(granting.map(({ scopes: _, ...all }) => all))
    const byGrants = granting.some(({ scopes }) => scopes !== undefined) ? await start(granting) : usual
    const tokens = new Map<string, Promise<string>>()
    return {
      ...{ expected, resource, trusted, stranger, rule },
      token(key, make) {
        const made = tokens.get(key) ?? make()
        tokens.set(key, made)
        return made
      },
      ask: usual.ask,
      askGranting: byGrants.ask,
      read: usual.read,
      close: () => closing.close(),
    }
  } catch (error) {
    await closing.close()
    throw error
  }
}

/** What was opened, so that it is closed whatever comes of the rest: the last one first. */
class Closing {
  readonly #open: (() => Promise<unknown>)[] = []

  add(close: () => Promise<unknown>): void {
    this.#open.push(close)
  }

  async close(): Promise<void> {
    for (const close of this.#open.splice(0).reverse()) await close()
  }
}

type Asked = Pick<World, 'ask' | 'read'>

/** How one server is asked. */
function askedOf(app: AppUnderTest, resource: string, runs: Run[]): Asked {
  const { host, pathname } = new URL(resource)
  const send = ({ method, headers, body }: AskRequest, token: string | undefined): ReturnType<AppUnderTest['inject']> =>
    app.inject({
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
  return {
    async ask(request, token) {
      const { statusCode, headers, payload } = await send(request, token)
      const challenge = headers['www-authenticate']
      return {
        status: statusCode,
        challenge: typeof challenge === 'string' ? challenge : null,
        refusal: statusCode === 401 || statusCode === 403 ? payload : null,
        // Taken, not copied: what ran late shows in the next answer instead of nowhere.
        runs: runs.splice(0),
      }
    },
    async read(request, token) {
      return (await send(request, token)).payload
    },
  }
}

/** The policy, at the issuers that this test runs. */
function policyHere(policy: Policy, resource: string, trusted: readonly TrustedIssuer[]): Policy {
  // The form of a denial decides nothing, and there is one that every row knows.
  return { ...policy, resource, ...itemsHere(policy, trusted), denials: 'http' }
}

function environmentOf(trusted: readonly TrustedIssuer[]): Readonly<Record<string, string>> {
  const secrets = trusted.map(({ test }, at) => [SECRET(at), test.client.secret] as const)
  return { NODE_ENV: 'test', ...Object.fromEntries(secrets) }
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
