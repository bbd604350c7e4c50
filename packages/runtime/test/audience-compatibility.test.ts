import { afterEach, describe, expect, test } from 'vitest'
import { createTestIssuer, type TestIssuer, type TokenRequest } from '../../testing/src/issuer.js'
import type { AudienceCompatibility, IssuerPolicy } from '../src/index.js'
import { RESOURCE } from './support/definition.js'
import { createHarness, type Harness, issuerPolicy, modern } from './support/harness.js'

const OTHER = 'api://notes'

let harness: Harness | undefined
let issuer: TestIssuer
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

async function start(more: Partial<IssuerPolicy>, form: 'jwt' | 'opaque' = 'jwt'): Promise<Harness> {
  issuer = await createTestIssuer({ audience: RESOURCE })
  harness = await createHarness({ issuer, form, issuers: [{ ...issuerPolicy(issuer, form), ...more }] })
  return harness
}

/** What becomes of a token: accepted, or why not. */
async function outcomeOf(request: TokenRequest): Promise<unknown> {
  if (harness === undefined) throw new Error('Start it first.')
  harness.audits()
  const token = await harness.token(request)
  const { status } = await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })
  const [audit] = harness.audits()
  expect(status).toBe(audit?.decision === 'allowed' ? 200 : 401)
  return audit?.decision === 'allowed' ? 'accepted' : audit?.fault
}

const READ = { scopes: ['notes:read'] }

describe('TK-03: with a listed other audience', () => {
  const rule: AudienceCompatibility = { audiences: [OTHER, 'P2abc'] }

  test.each<[string, TokenRequest, string]>([
    ['a token for it, with a scope of ours', { ...READ, audience: OTHER }, 'accepted'],
    ['a token for two listed ones', { ...READ, audience: [OTHER, 'P2abc'] }, 'accepted'],
    ['a token for it and the resource', { ...READ, audience: [OTHER, RESOURCE] }, 'accepted'],
    ['a token for the resource alone needs no scope', { audience: RESOURCE }, 'accepted'],
    [
      'a token for it without a scope of ours',
      { audience: OTHER, scopes: ['openid', 'other'] },
      'audience-without-scope',
    ],
    ['a token for it and a foreign one', { ...READ, audience: [OTHER, 'https://mail.example'] }, 'audience-foreign'],
    ['a token for the resource and a foreign one', { ...READ, audience: [RESOURCE, 'x'] }, 'audience-shared'],
    ['a token for it in another case', { ...READ, audience: OTHER.toUpperCase() }, 'audience-foreign'],
    ['a token for a part of it', { ...READ, audience: 'api://note' }, 'audience-foreign'],
    ['a token for something below it', { ...READ, audience: `${OTHER}/x` }, 'audience-foreign'],
    ['a token without an audience', { ...READ, audience: null }, 'audience-missing'],
    ['a token whose audience is an object', { ...READ, claims: { aud: { a: OTHER } } }, 'claim-malformed'],
    ['a token whose audience holds a number', { ...READ, claims: { aud: [OTHER, 1] } }, 'audience-foreign'],
    ['TK-09: an ID token for it', { ...READ, audience: OTHER, claims: { nonce: 'n' } }, 'not-an-access-token'],
  ])('%s', async (_, request, outcome) => {
    await start({ audienceCompatibility: rule })
    expect(await outcomeOf(request)).toBe(outcome)
  })

  test('opaque tokens are judged alike', async () => {
    await start({ audienceCompatibility: rule }, 'opaque')
    expect(await outcomeOf({ ...READ, audience: OTHER })).toBe('accepted')
    expect(await outcomeOf({ audience: OTHER })).toBe('audience-without-scope')
    expect(await outcomeOf({ ...READ, audience: [] })).toBe('audience-missing')
  })

  test("an endpoint of the issuer's own counts beside the resource, and never instead of it", async () => {
    issuer = await createTestIssuer({ audience: RESOURCE })
    const userinfo = `${issuer.issuer}/userinfo`
    const policy = { ...issuerPolicy(issuer, 'jwt'), audienceCompatibility: { audiences: [userinfo] as const } }
    harness = await createHarness({ issuer, issuers: [policy] })
    expect(await outcomeOf({ ...READ, audience: [RESOURCE, userinfo] })).toBe('accepted')
    expect(await outcomeOf({ ...READ, audience: userinfo })).toBe('audience-foreign')
  })
})

describe('TK-04: with listed clients', () => {
  const rule: AudienceCompatibility = { clientIds: ['desk', 'https://client.example.com/metadata.json'] }

  test.each<[string, TokenRequest, string]>([
    ['a token without an audience of a listed client', { ...READ, audience: null, clientId: 'desk' }, 'accepted'],
    ['a token with an empty audience', { ...READ, audience: [], clientId: 'desk' }, 'accepted'],
    ['a token whose audience is the client', { ...READ, audience: 'desk', clientId: 'desk' }, 'accepted'],
    ['a token for the resource, of any client', { audience: RESOURCE, clientId: 'anybody' }, 'accepted'],
    ['of another client', { ...READ, audience: null, clientId: 'other' }, 'client-not-listed'],
    ['of a client that differs in case', { ...READ, audience: null, clientId: 'Desk' }, 'client-not-listed'],
    ['without a client', { ...READ, audience: null, claims: { client_id: undefined } }, 'client-not-listed'],
    ['with a list of clients', { ...READ, audience: null, claims: { client_id: ['desk'] } }, 'client-not-listed'],
    ['without a scope of ours', { audience: null, clientId: 'desk' }, 'audience-without-scope'],
    ['for something else', { ...READ, audience: 'https://mail.example', clientId: 'desk' }, 'audience-foreign'],
    ['for another listed client', { ...READ, audience: 'desk', clientId: 'other' }, 'audience-foreign'],
    ['TK-09: an ID token of a listed client', { audience: 'desk', clientId: 'desk' }, 'audience-without-scope'],
  ])('%s', async (_, request, outcome) => {
    await start({ audienceCompatibility: rule })
    expect(await outcomeOf(request)).toBe(outcome)
  })
})

describe('what a start says of it', () => {
  test('a warning that names the issuer and the rule, and none without a rule', async () => {
    await start({ audienceCompatibility: { audiences: [OTHER] } })
    expect(harness?.log()).toContain(
      `issuer ${issuer.issuer}: audienceCompatibility is in force. Tokens for the audience ${OTHER} are accepted if they hold a scope of ${RESOURCE}`,
    )
    expect(harness?.log()).toContain('"level":40')
    await harness?.close()
    await start({})
    expect(harness?.log()).not.toContain('audienceCompatibility')
  })
})

describe('allowedClientIds', () => {
  test('PR-12: tokens of other clients are refused, for the resource or not', async () => {
    await start({ allowedClientIds: ['desk'] })
    expect(await outcomeOf({ clientId: 'desk' })).toBe('accepted')
    expect(await outcomeOf({ clientId: 'other' })).toBe('client-not-listed')
    expect(await outcomeOf({ claims: { client_id: undefined, azp: 'other' } })).toBe('client-not-listed')
    expect(await outcomeOf({ claims: { client_id: undefined, azp: 'desk' } })).toBe('accepted')
  })
})

describe('tenant', () => {
  test('TK-10: tokens of other tenants of the same issuer are refused', async () => {
    await start({ tenant: { claim: 'tid', values: ['one', 'two'] } })
    expect(await outcomeOf({ claims: { tid: 'one' } })).toBe('accepted')
    expect(await outcomeOf({ claims: { tid: 'two' } })).toBe('accepted')
    for (const tid of ['three', 'One', ['one'], '', null, undefined]) {
      expect(await outcomeOf({ claims: { tid } })).toBe('tenant-not-listed')
    }
  })

  test('a claim of every object is no tenant', async () => {
    await start({ tenant: { claim: 'constructor', values: ['Object'] } })
    expect(await outcomeOf({})).toBe('tenant-not-listed')
  })
})

describe('scopeClaim', () => {
  const call = async (claims: Record<string, unknown>): Promise<number> => {
    if (harness === undefined) throw new Error('Start it first.')
    const token = await harness.token({ claims })
    return (await modern(harness.app, 'tools/call', { name: 'read_notes' }, { token })).status
  }

  test('permissions count where the policy says so, and then nothing else does', async () => {
    await start({ scopeClaim: 'permissions' })
    expect(await call({ permissions: ['notes:read'] })).toBe(200)
    expect(await call({ scope: 'notes:read' })).toBe(403)
    expect(await call({ scp: ['notes:read'], permissions: [] })).toBe(403)
  })

  test('permissions count nowhere else', async () => {
    await start({})
    expect(await call({ permissions: ['notes:read'] })).toBe(403)
  })
})
