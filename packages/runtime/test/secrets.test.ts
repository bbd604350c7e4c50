import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configure } from '../src/configuration/configuration.js'
import type { IntrospectionRule } from '../src/definition.js'
import { ConfigurationError, type IssuerPolicy, type Policy, serverFactory } from '../src/index.js'
import { definitionOf, RESOURCE } from './support/definition.js'

const PRODUCTION = { NODE_ENV: 'production' }
const BASIC = { clientId: 'notes', clientSecret: { env: 'SECRET' } }
const ISSUER = 'https://auth.example.com'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcp-secure-secrets-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(content: string | Buffer): string {
  const path = join(folder, `${Math.random()}`)
  writeFileSync(path, content)
  return path
}

function policyOf(introspection: IntrospectionRule = BASIC, resource: Policy['resource'] = RESOURCE): Policy {
  return definitionOf({ issuers: [{ issuer: ISSUER, tokens: { form: 'opaque', introspection } }], tools: {}, resource })
    .policy
}

/** The client that introspection is asked as, or what the start says instead. */
function clientOf(environment: Record<string, string>, introspection?: IntrospectionRule): unknown {
  try {
    const [issuer] = configure(policyOf(introspection), { ...PRODUCTION, ...environment }).issuers
    return issuer?.form === 'opaque' ? issuer.client : undefined
  } catch (error) {
    return messageOf(error)
  }
}

function messageOf(error: unknown): string {
  expect(error).toBeInstanceOf(ConfigurationError)
  return (error as ConfigurationError).message
}

describe('a secret', () => {
  test.each([
    ['as it is', 's3cret'],
    ['with the line end that an editor adds', 's3cret\n'],
    ['with that of Windows', 's3cret\r\n'],
    ['with the byte order mark of Windows', '\ufeffs3cret'],
  ])('is read from the file that NAME_FILE names, %s', (_, content) => {
    expect(clientOf({ SECRET_FILE: file(content) })).toMatchObject({ secret: 's3cret' })
  })

  test('missing says both ways to give it', () => {
    expect(clientOf({})).toContain('Example: SECRET=<the secret>, or SECRET_FILE=<a file that holds it>')
  })

  test.each([
    ['both are set', () => ({ SECRET: 'a', SECRET_FILE: file('b') }), 'SECRET and SECRET_FILE are both set.'],
    ['the file is not there', () => ({ SECRET_FILE: join(folder, 'nowhere') }), 'nowhere cannot be read (ENOENT).'],
    ['the file is a folder', () => ({ SECRET_FILE: folder }), 'is not a file.'],
    ['the file is empty', () => ({ SECRET_FILE: file('\n') }), 'is empty.'],
    ['the file is no secret', () => ({ SECRET_FILE: file('x'.repeat(70_000)) }), 'is larger than any secret.'],
    ['it has spaces around it', () => ({ SECRET: ' s3cret' }), 'SECRET: its value cannot be used.'],
    ['it is two lines', () => ({ SECRET_FILE: file('a\nb') }), 'SECRET_FILE: its value cannot be used.'],
    [
      'the file is in another encoding',
      () => ({ SECRET_FILE: file(Buffer.from('s\u00e4cret', 'latin1')) }),
      'is not text in UTF-8.',
    ],
    ['the file is in UTF-16', () => ({ SECRET_FILE: file(Buffer.from('\ufeffs3cret', 'utf16le')) }), 'in UTF-8.'],
  ])('is refused when %s', (_, environment, says) => {
    const message = clientOf(environment())
    expect(message).toContain(says)
    expect(message).not.toContain('s3cret')
  })

  test('that is the development value, which everybody can read, is refused in production', () => {
    const rule = { clientId: 'notes', clientSecret: { env: 'SECRET', development: 'hunter22' } }
    for (const environment of [{ SECRET: 'hunter22' }, { SECRET_FILE: file('hunter22\n') }]) {
      const message = clientOf(environment, rule)
      expect(message).toContain('has the value that is written in the spec for development.')
      expect(message).not.toContain('hunter22')
      expect(clientOf({ ...environment, NODE_ENV: 'development' }, rule)).toMatchObject({ secret: 'hunter22' })
    }
  })

  test.each([
    ['REDIS_URL', 'redis', 'rediss://:s3cret@redis.internal:6379/0'],
    ['METRICS_TOKEN', 'metrics', 's3cret-0123456789-s3cret'],
    ['MCP_STATE_SECRET', 'stateSecret', 's3cret-0123456789-0123456789-0123456789'],
  ] as const)('of the server itself, %s, is read from a file as well', (name, operation, value) => {
    const read = (environment: Record<string, string>): unknown =>
      configure(policyOf(), { ...PRODUCTION, SECRET: 's3cret', ...environment }).operations[operation]
    expect(read({ [`${name}_FILE`]: file(`${value}\n`) })).toEqual(read({ [name]: value }))
    expect(JSON.stringify(read({ [name]: value }))).toContain(value)
    expect(read({})).toBeUndefined()
  })

  test('of another kind of setting has no file: an address is no secret', () => {
    const policy = policyOf(BASIC, { env: 'MCP_RESOURCE' })
    const environment = { ...PRODUCTION, SECRET: 's3cret', MCP_RESOURCE_FILE: file(RESOURCE) }
    expect(() => configure(policy, environment)).toThrow('MCP_RESOURCE is not set.')
  })
})

describe('the name of a client', () => {
  test.each([' notes', 'notes\n', 'no\ttes'])('that nobody gave it is refused: %j', (id) => {
    const message = clientOf({ ID: id, SECRET: 's3cret' }, { clientId: { env: 'ID' }, clientSecret: { env: 'SECRET' } })
    expect(message).toContain(`ID: ${JSON.stringify(id)} cannot be used.`)
  })
})

describe('an API key', () => {
  test.each(['two words', 'with"quote', 'line\nend', 'ключ'])('that no header carries is refused: %s', (key) => {
    const message = clientOf({ KEY: key }, { apiKey: { env: 'KEY' } })
    expect(message).toContain('KEY: its value cannot be used.')
    expect(message).not.toContain(key)
  })
})

describe('a private key', () => {
  const rule = { clientId: 'notes', privateKey: { env: 'KEY' } }
  const pem = { type: 'pkcs8', format: 'pem' } as const

  test('is read from a file', () => {
    const key = generateKeyPairSync('ed25519').privateKey.export(pem).toString()
    expect(clientOf({ KEY_FILE: file(key) }, rule)).toMatchObject({ method: 'private_key_jwt', id: 'notes' })
  })

  test.each([
    ['no key', () => 'hunter22', 'a private key in PEM'],
    [
      'a public key',
      () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }),
      'a private',
    ],
    [
      'a key with a passphrase',
      () => generateKeyPairSync('ed25519').privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' }),
      'without a passphrase',
    ],
    [
      'a short RSA key',
      () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem),
      'RSA key of 2048 bits',
    ],
    ['a key for something else', () => generateKeyPairSync('x25519').privateKey.export(pem), 'an Ed25519 key'],
    [
      'a key on another curve',
      () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export(pem),
      'P-256',
    ],
  ])('that is %s is refused', (_, make, says) => {
    const key = make().toString()
    const message = clientOf({ KEY: key }, rule)
    expect(message).toContain('KEY: its value cannot be used.')
    expect(message).toContain(says)
    expect(message).not.toContain(key.split('\n')[1] ?? key)
  })
})

describe('PR-21: production refuses', () => {
  const refusalOf = (issuer: string, resource: string, endpoint?: string): string => {
    const introspection = { ...BASIC, ...(endpoint === undefined ? {} : { endpoint }) }
    const { policy } = definitionOf({
      issuers: [{ issuer, tokens: { form: 'opaque', introspection } }],
      tools: {},
      resource,
    })
    try {
      configure(policy, { ...PRODUCTION, SECRET: 's3cret' })
      return 'started'
    } catch (error) {
      return messageOf(error)
    }
  }

  test.each([
    ['a resource on this machine', ISSUER, 'https://localhost/mcp', 'must be an address that clients reach'],
    ['a resource on 127.0.0.1', ISSUER, 'https://127.0.0.1:8443/mcp', 'must be an address that clients reach'],
    ['the issuer of development logins', 'http://localhost:4000', RESOURCE, 'must start with https://'],
    ['an issuer on this machine', 'https://localhost:4000', RESOURCE, 'development logins'],
    ['an issuer on [::1]', 'https://[::1]:4000', RESOURCE, 'development logins'],
    ['an issuer over http', 'http://auth.example.com', RESOURCE, 'must start with https://'],
    ['a resource below localhost', ISSUER, 'https://notes.localhost/mcp', 'must be an address that clients reach'],
    ['a resource on no address', ISSUER, 'https://0.0.0.0/mcp', 'must be an address that clients reach'],
    ['a resource on a mapped address', ISSUER, 'https://[::ffff:7f00:1]/mcp', 'must be an address that clients reach'],
    ['an issuer on localhost with a dot', 'https://localhost.:4000', RESOURCE, 'development logins'],
    ['an issuer on [::]', 'https://[::]:4000', RESOURCE, 'development logins'],
  ])('%s', (_, issuer, resource, says) => {
    expect(refusalOf(issuer, resource)).toContain(says)
  })

  test.each([
    ['over http', 'http://hydra:4445/introspect', 'must start with https://'],
    ['on this machine', 'https://localhost/introspect', 'this machine'],
    ['that is no address', 'introspect', 'absolute URL'],
    ['with somebody in it', 'https://a:b@auth.example.com/introspect', 'user name'],
    ['with a fragment', 'https://auth.example.com/introspect#x', 'fragment'],
  ])('an introspection endpoint %s', (_, endpoint, says) => {
    expect(refusalOf(ISSUER, RESOURCE, endpoint)).toContain(says)
  })

  test('to believe any certificate', () => {
    const start = (environment: Readonly<Record<string, string>>): unknown =>
      clientOf({ SECRET: 's3cret', NODE_TLS_REJECT_UNAUTHORIZED: '0', ...environment })
    expect(start({})).toContain('NODE_TLS_REJECT_UNAUTHORIZED is 0.')
    expect(start({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toMatchObject({ secret: 's3cret' })
    expect(start({ NODE_ENV: 'development' })).toMatchObject({ secret: 's3cret' })
  })

  test('and says everything at once', () => {
    const message = refusalOf('http://localhost:4000', 'http://localhost:3000/mcp', 'http://localhost:4001/x')
    expect(message).toContain('The server cannot start: 3 problems.')
  })
})

describe('a policy that was changed by hand', () => {
  const start = async (change: object, scopes = true): Promise<string> => {
    const issuer: IssuerPolicy = { issuer: ISSUER, tokens: { form: 'jwt', typ: 'at+jwt' }, ...change }
    const definition = definitionOf({ issuers: [issuer], tools: {} })
    const policy = scopes ? definition.policy : { ...definition.policy, scopes: {} }
    try {
      await (await serverFactory({ ...definition, policy })({ environment: PRODUCTION, logger: false })).close()
      return 'started'
    } catch (error) {
      return messageOf(error)
    }
  }
  const opaque = (cacheSeconds: unknown): object => ({
    tokens: { form: 'opaque', introspection: { ...BASIC, cacheSeconds } },
  })

  test.each([
    ['a type that is not known', { tokens: { form: 'jwt', typ: 'AT+JWT' } }, 'at+jwt'],
    ['a form that is not known', { tokens: { form: 'JWT', typ: 'JWT' } }, 'opaque'],
    ['no audience', { audienceCompatibility: { audiences: [] } }, 'at least one'],
    ['any audience', { audienceCompatibility: { audiences: ['*'] } }, 'exactly'],
    ['an empty audience', { audienceCompatibility: { audiences: [''] } }, 'exactly'],
    ['any client', { audienceCompatibility: { clientIds: ['a*'] } }, 'exactly'],
    ['both rules', { audienceCompatibility: { audiences: ['a'], clientIds: ['b'] } }, 'keep one of them'],
    ['no allowed client', { allowedClientIds: [] }, 'at least one'],
    ['any allowed client', { allowedClientIds: ['*'] }, 'by its id'],
    ['no tenant', { tenant: { claim: 'tid', values: [] } }, 'at least one'],
    ['any tenant', { tenant: { claim: 'tid', values: ['*'] } }, 'each value'],
    ['a tenant in no claim', { tenant: { claim: '', values: ['a'] } }, 'names a claim'],
    ['answers that are believed for an hour', opaque(3600), 'from 0 to 300'],
    ['answers that are believed for less than no time', opaque(-1), 'from 0 to 300'],
    ['answers that are believed for something', opaque('30'), 'from 0 to 300'],
  ])('with %s does not start', async (_, change, says) => {
    expect(await start(change)).toContain(says)
  })

  test('with a rule for audiences and no scope does not start', async () => {
    expect(await start({ audienceCompatibility: { audiences: ['a'] } }, false)).toContain('needs a scope')
  })
})
