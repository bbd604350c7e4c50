import type { IssuerPolicy, Setting, TokenRule } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer } from '../issuer.js'
import type { AskRequest } from './asks/ask.js'
import { exchangeHere } from './exchange-here.js'
import type { Outcome, Run } from './expectation.js'
import type { AccessMatrixOptions, ExpectedAccess } from './expected-access.js'
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
  /** The body of an answer that is let through. */
  read(request: AskRequest, token: string | undefined): Promise<string>
  close(): Promise<void>
}

/** Makes the server as the project's own start would, but for its issuers, its handlers and its services. */
export async function createWorld({ serverFactory, definition, expected }: AccessMatrixOptions): Promise<World> {
  const resource = resourceOf(expected.resource)
  const rules = definition.policy.issuers.map(({ tokens }) => tokens)
  const trusted = await Promise.all(rules.map((rule) => startTrustedIssuer(rule, resource)))
  const stranger = await createTestIssuer({ audience: resource })
  const close = async () =>
    void (await Promise.all([stranger, ...trusted.map(({ test }) => test)].map((it) => it.stop())))
  const runs: Run[] = []
  const rule = new RuleSpy()
  const policy = {
    ...definition.policy,
    resource,
    issuers: trusted.map((issuer, at) => ({
      ...issuerPolicy(issuer, rules[at], at),
      ...exchangeHere(definition.policy.issuers[at] ?? {}, issuer.test, SECRET(at)),
    })),
  }
  const spies = spiesFor(definition, runs, rule)
  const app = await serverFactory({ ...definition, ...spies, policy })({
    environment: {
      NODE_ENV: 'test',
      ...Object.fromEntries(trusted.map(({ test }, at) => [SECRET(at), test.client.secret])),
    },
    logger: false,
  }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const tokens = new Map<string, Promise<string>>()
  const { host, pathname } = new URL(resource)

  async function send({ method, headers, body }: AskRequest, token: string | undefined) {
    return app.inject({
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
    async close() {
      await app.close()
      await close()
    },
  }
}

/** The same rule for tokens, at an issuer that this test runs. */
function issuerPolicy({ test }: TrustedIssuer, rule: TokenRule | undefined, at: number): IssuerPolicy {
  if (rule?.form === 'jwt') return { issuer: test.issuer, tokens: rule }
  const introspection = { clientId: test.client.id, clientSecret: { env: SECRET(at) } }
  return { issuer: test.issuer, tokens: { form: 'opaque', introspection } }
}

const SECRET = (at: number): string => `ACCESS_MATRIX_SECRET_${at}`

/** The address does not matter, only that tokens are for it. */
function resourceOf(setting: Setting): string {
  if (typeof setting === 'string') return setting
  return setting.development ?? 'https://access-matrix.example/mcp'
}
