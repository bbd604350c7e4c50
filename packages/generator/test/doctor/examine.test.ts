import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemLookup } from '../../dist/doctor/addresses.js'
import { examineServer } from '../../dist/doctor/examine-server.js'
import type { Finding, Group } from '../../dist/doctor/finding.js'
import { certificateFor, publicJwk } from './support/certificate.js'
import {
  documentAt,
  ISSUER_METADATA,
  METADATA,
  type Places,
  ROOT_METADATA,
  type Routes,
  standIn,
} from './support/stand-in.js'

type Change = (routes: Routes, at: Places) => void
const PLAIN = { lookup: systemLookup, limitMs: 10_000, declaresPublic: null }
const allOf = (groups: readonly Group[]): readonly Finding[] => groups.flatMap(({ findings }) => findings)
const lines = (groups: readonly Group[]) => allOf(groups).map(({ state, check, text }) => `${state} ${check}: ${text}`)

/** What is not fine at a stand-in with one thing changed. */
async function wrong(change: Change, surroundings: Partial<Parameters<typeof examineServer>[1]> = {}) {
  const { url, origin } = await standIn(change)
  const groups = await examineServer(url, { ...PLAIN, ...surroundings })
  return lines(groups)
    .filter((line) => !line.startsWith('ok '))
    .map((line) => line.replaceAll(origin, 'ORIGIN'))
}

const challenged =
  (make: (origin: string) => string | readonly string[]): Change =>
  (routes, { origin }) => {
    routes['/mcp'] = { status: 401, headers: { 'www-authenticate': make(origin) } }
  }
const withIssuer =
  (members: Record<string, unknown>): Change =>
  (routes) => {
    Object.assign(documentAt(routes, ISSUER_METADATA), members)
  }
const withKeys =
  (...keys: readonly unknown[]): Change =>
  (routes) => {
    routes['/as/jwks'] = { json: { keys } }
  }

describe('a server in which nothing is wrong', () => {
  it('has every check, fine', async () => {
    const { url } = await standIn(() => undefined)
    const groups = await examineServer(url, PLAIN)
    expect(allOf(groups).map(({ check, state, cure }) => [check, state, cure])).toEqual([
      ['reachable', 'ok', null],
      ['clock', 'ok', null],
      ['without-token', 'ok', null],
      ['challenge', 'ok', null],
      ['resource-metadata', 'ok', null],
      ['metadata', 'ok', null],
      ['endpoints', 'ok', null],
      ['pkce', 'ok', null],
      ['registration', 'ok', null],
      ['scopes', 'ok', null],
      ['keys', 'ok', null],
    ])
  })

  it('is asked without a token or a cookie, and nothing is changed there', async () => {
    const { url, requests } = await standIn(() => undefined)
    await examineServer(url, PLAIN)
    const sent = requests.flatMap(({ headers }) => Object.keys(headers))
    expect(sent).not.toContain('authorization')
    expect(sent).not.toContain('cookie')
    expect(requests.filter(({ method }) => method === 'POST').map((request) => request.url)).toEqual(['/mcp'])
  })
})

describe('Q34: the way there', () => {
  it('nobody listens', async () => {
    const { url } = await standIn(() => undefined)
    const gone = url.replace(/:\d+/, ':1')
    expect(lines(await examineServer(gone, PLAIN))).toEqual([
      `failure reachable: ${gone} refused the connection: nothing listens there`,
    ])
  })

  it('DNS does not know the host', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    expect(lines(await examineServer('https://notes.example.com/mcp', { ...PLAIN, lookup }))).toEqual([
      'failure reachable: https://notes.example.com/mcp has a host that DNS does not know',
    ])
  })

  it('DNS does not answer in time', async () => {
    const lookup = () => new Promise<never>(() => undefined)
    expect(lines(await examineServer('https://notes.example.com/mcp', { ...PLAIN, lookup, limitMs: 50 }))).toEqual([
      'failure reachable: https://notes.example.com/mcp did not answer within 0.05 seconds, after which clients give up',
    ])
  })

  it('the server never answers', async () => {
    const change: Change = (routes) => {
      routes['/mcp'] = { stops: 'silent' }
    }
    expect(await wrong(change, { limitMs: 300 })).toEqual([
      'failure reachable: ORIGIN/mcp did not answer within 0.3 seconds, after which clients give up',
    ])
  })

  it('http that leaves this computer is not asked at all', async () => {
    let asked = 0
    const lookup = async () => {
      asked += 1
      return [{ address: '192.0.2.1', family: 4 }]
    }
    expect(lines(await examineServer('http://notes.example.com/mcp', { ...PLAIN, lookup }))).toEqual([
      'failure reachable: http://notes.example.com/mcp is http, not https: whoever is on the way can read and change it',
    ])
    expect(asked).toBe(1)
  })

  it('a redirect is not followed, and what it carries is not printed', async () => {
    const { url, requests } = await standIn((routes, { origin }) => {
      routes['/mcp'] = { status: 307, headers: { location: `${origin}/elsewhere?state=s3cret` } }
    })
    const groups = await examineServer(url, PLAIN)
    const [first] = lines(groups)
    expect(first).toMatch(/^failure reachable: .*\/mcp redirects to .*\/elsewhere: clients do not follow/)
    expect(allOf(groups).map(({ check }) => check)).not.toContain('without-token')
    expect(JSON.stringify(groups)).not.toContain('s3cret')
    expect(requests.map((request) => request.url)).not.toContain('/elsewhere?state=s3cret')
  })

  it('a certificate that is good', async () => {
    const certificate = certificateFor(90)
    const { url } = await standIn(() => undefined, certificate)
    const found = lines(await examineServer(url, { ...PLAIN, ca: certificate.cert }))
    expect(found.filter((line) => !line.startsWith('ok '))).toEqual([])
    expect(found).toContainEqual(expect.stringMatching(/^ok certificate: the certificate is good for (?:89|90) days$/))
  })

  it('a certificate that is nearly over', async () => {
    const certificate = certificateFor(5)
    const { url } = await standIn(() => undefined, certificate)
    expect(lines(await examineServer(url, { ...PLAIN, ca: certificate.cert }))).toContainEqual(
      expect.stringMatching(/^warning certificate: the certificate is good for [45] days$/),
    )
  })

  it('a certificate that nobody vouches for', async () => {
    const { url } = await standIn(() => undefined, certificateFor(90))
    expect(lines(await examineServer(url, PLAIN))).toEqual([
      `failure reachable: ${url} has a certificate that nobody signed but itself`,
    ])
  })

  it('a certificate that has expired', async () => {
    const certificate = certificateFor(-1)
    const { url } = await standIn(() => undefined, certificate)
    expect(lines(await examineServer(url, { ...PLAIN, ca: certificate.cert }))).toEqual([
      `failure reachable: ${url} has an expired certificate`,
    ])
  })

  it('https is asked of what speaks http', async () => {
    const { url } = await standIn(() => undefined)
    const secure = url.replace('http:', 'https:')
    expect(lines(await examineServer(secure, PLAIN))[0]).toMatch(/^failure reachable: .* does not speak TLS/)
  })

  it.each([
    [120, 'ahead of'],
    [-120, 'behind'],
  ])('a clock that is %i seconds off', async (seconds, side) => {
    const found = await wrong((routes) => {
      const route = routes['/mcp']
      const date = new Date(Date.now() + seconds * 1000).toUTCString()
      routes['POST /mcp'] = { ...route, headers: { ...route?.headers, date } }
    })
    expect(found).toEqual([expect.stringMatching(new RegExp(`^warning clock: .* 1[12]\\d seconds ${side} this`))])
  })
})

describe('without a token', () => {
  const open: Change = (routes) => {
    routes['POST /mcp'] = { json: {} }
  }
  const closedGet: Change = (routes) => {
    routes['GET /mcp'] = { status: 405 }
  }

  it('GET is answered otherwise', async () => {
    expect(await wrong(closedGet)).toEqual(['failure without-token: GET without a token is answered 405, not 401'])
  })

  it('nothing is answered 401, and the methods stand on one line', async () => {
    const found = await wrong((routes) => {
      routes['/mcp'] = { status: 404 }
      routes['HEAD /mcp'] = { status: 500 }
    })
    expect(found).toEqual([
      'failure without-token: POST and GET without a token are answered 404, not 401',
      'failure without-token: HEAD without a token is answered 500, not 401',
    ])
  })

  it('GET is not answered at all', async () => {
    const change: Change = (routes) => {
      routes['GET /mcp'] = { stops: 'silent' }
    }
    expect(await wrong(change, { limitMs: 1500 })).toContain(
      'failure without-token: asked by GET it did not answer within 1.5 seconds, after which clients give up',
    )
  })

  it('GET never ends, and is not waited for', async () => {
    const change: Change = (routes) => {
      routes['GET /mcp'] = { status: 200, stops: 'headers' }
    }
    expect(await wrong(change)).toEqual(['failure without-token: GET without a token is answered 200, not 401'])
  })

  it('HEAD breaks', async () => {
    const change: Change = (routes) => {
      routes['HEAD /mcp'] = { status: 500 }
    }
    expect(await wrong(change)).toEqual(['failure without-token: HEAD without a token is answered 500, not 401'])
  })

  it('GET has another challenge', async () => {
    const change: Change = (routes) => {
      routes['GET /mcp'] = { status: 401, headers: { 'www-authenticate': 'Bearer realm="x"' } }
    }
    expect(await wrong(change)).toEqual(['failure without-token: the challenge is another one for another method'])
  })

  it('a session is open to everybody: by the spec, against it, and where there is no spec', async () => {
    expect(await wrong(open, { declaresPublic: true })).toEqual([])
    expect(await wrong(open, { declaresPublic: false })).toEqual([
      'failure without-token: anybody can start a session without a token, and nothing is declared public',
    ])
    expect(await wrong(open)).toEqual([
      'warning without-token: anybody can start a session without a token: right only if something is meant to be public',
    ])
  })
})

describe('the challenge', () => {
  it.each<[string, (origin: string) => string | readonly string[], string]>([
    [
      'of another scheme',
      () => 'Basic realm="x"',
      'failure challenge: the challenge does not begin with `Bearer`: Basic realm="x"',
    ],
    [
      'in another spelling',
      (origin) => `bearer resource_metadata="${origin}${METADATA}", scope="read"`,
      `failure challenge: the challenge does not begin with \`Bearer\`: bearer resource_metadata="ORIGIN${METADATA}", scope="read"`,
    ],
    [
      'behind another one',
      (origin) => ['DPoP algs="ES256"', `Bearer resource_metadata="${origin}${METADATA}", scope="read"`],
      'failure challenge: the challenge does not begin with `Bearer`: DPoP algs="ES256"',
    ],
    [
      'twice',
      (origin) => Array<string>(2).fill(`Bearer resource_metadata="${origin}${METADATA}", scope="read"`),
      'failure challenge: there are 2 Bearer challenges',
    ],
    [
      'without metadata',
      () => 'Bearer scope="read"',
      'warning challenge: the challenge has no `resource_metadata`: clients have to guess where the metadata is',
    ],
    [
      'with metadata only in the text of another parameter',
      (origin) => `Bearer realm="a, resource_metadata=${origin}${METADATA}", scope="read"`,
      'warning challenge: the challenge has no `resource_metadata`: clients have to guess where the metadata is',
    ],
    [
      'with an error',
      (origin) => `Bearer error="invalid_token", resource_metadata="${origin}${METADATA}", scope="read"`,
      'failure challenge: the challenge says `error` (invalid_token) though there was no token: Codex Desktop then does not log in',
    ],
    [
      'without a scope',
      (origin) => `Bearer resource_metadata="${origin}${METADATA}"`,
      'warning challenge: the challenge asks for no `scope`: clients ask for every scope there is, or for none',
    ],
  ])('%s', async (_what, make, expected) => {
    expect(await wrong(challenged(make))).toEqual([expected])
  })

  it('is missing', async () => {
    const change: Change = (routes) => {
      routes['/mcp'] = { status: 401 }
    }
    expect(await wrong(change)).toEqual([
      'failure challenge: the 401 has no WWW-Authenticate: clients do not find where to log in',
    ])
  })

  it('names metadata by a path', async () => {
    const found = await wrong(challenged(() => `Bearer resource_metadata="${METADATA}", scope="read"`))
    expect(found).toContain(`failure challenge: \`resource_metadata\` is not an absolute URL: ${METADATA}`)
  })

  it('names metadata of another origin', async () => {
    const other = await standIn(() => undefined)
    const found = await wrong(challenged(() => `Bearer resource_metadata="${other.origin}${METADATA}", scope="read"`))
    expect(found).toContain(
      `failure challenge: \`resource_metadata\` leads to another origin, where clients do not follow: ${other.origin}${METADATA}`,
    )
  })
})

describe('the metadata of the resource', () => {
  const both =
    (members: Record<string, unknown>): Change =>
    (routes) => {
      Object.assign(documentAt(routes, METADATA), members)
      Object.assign(documentAt(routes, ROOT_METADATA), members)
    }
  const at =
    (path: string, route: Routes[string]): Change =>
    (routes) => {
      routes[path] = route
    }

  it.each<[string, Change, readonly string[]]>([
    [
      'is not there',
      at(METADATA, { status: 404 }),
      [
        `failure resource-metadata: ORIGIN${METADATA} is answered 404: clients that do not read the challenge look there`,
      ],
    ],
    [
      'is not at the root',
      at(ROOT_METADATA, { status: 404 }),
      [`warning resource-metadata: ORIGIN${ROOT_METADATA} is answered 404: some clients look there alone`],
    ],
    ['breaks', at(METADATA, { status: 502 }), [`failure resource-metadata: ORIGIN${METADATA} answered 502`]],
    [
      'redirects',
      at(METADATA, { status: 302, headers: { location: '/login?token=x' } }),
      [`failure resource-metadata: ORIGIN${METADATA} redirects to ORIGIN/login, which clients do not follow`],
    ],
    [
      'is a page',
      at(METADATA, { text: '<html>' }),
      [`failure resource-metadata: ORIGIN${METADATA} is not a JSON object`],
    ],
    ['is a list', at(METADATA, { json: [] }), [`failure resource-metadata: ORIGIN${METADATA} is not a JSON object`]],
    [
      'is enormous',
      at(METADATA, { text: 'x'.repeat(300_000) }),
      [`failure resource-metadata: ORIGIN${METADATA} answered with more than 256 KiB`],
    ],
    [
      'has something that is null',
      both({ resource_name: null }),
      ['failure resource-metadata: resource_name is null: the TypeScript SDK then ignores the whole document'],
    ],
    [
      'names no authorization server',
      both({ authorization_servers: [] }),
      ['failure resource-metadata: `authorization_servers` is no list with a URL'],
    ],
    [
      'names authorization servers that are no texts',
      both({ authorization_servers: [7] }),
      ['failure resource-metadata: `authorization_servers` is no list with a URL'],
    ],
  ])('%s', async (_what, change, expected) => {
    expect(await wrong(change)).toEqual(expected)
  })

  it('is named at a place of its own, and not there', async () => {
    const elsewhere = '/.well-known/oauth-protected-resource/else'
    const found = await wrong(challenged((origin) => `Bearer resource_metadata="${origin}${elsewhere}", scope="read"`))
    expect(found).toEqual([`failure resource-metadata: ORIGIN${elsewhere} is answered 404: the challenge leads there`])
  })

  it('is named at the root, and asked for once', async () => {
    const { url, requests } = await standIn(
      challenged((origin) => `Bearer resource_metadata="${origin}${ROOT_METADATA}", scope="read"`),
    )
    const found = lines(await examineServer(url, PLAIN))
    expect(found.filter((line) => !line.startsWith('ok '))).toEqual([])
    expect(requests.filter((request) => request.url === ROOT_METADATA)).toHaveLength(1)
  })

  it('names the resource with a slash more', async () => {
    const found = await wrong((routes, { url }) =>
      both({ resource: `${url}/` })(routes, { url, origin: '', issuer: '' }),
    )
    expect(found).toContain(
      'failure resource-metadata: `resource` is ORIGIN/mcp/, not ORIGIN/mcp: clients compare them letter by letter',
    )
  })

  it('names another resource at the root', async () => {
    const found = await wrong((routes, { origin }) => {
      documentAt(routes, ROOT_METADATA).resource = origin
    })
    expect(found).toEqual([
      `warning resource-metadata: ORIGIN${ROOT_METADATA} names ORIGIN: clients that look there alone use that`,
    ])
  })

  it('is of a URL without a path', async () => {
    const { origin } = await standIn((routes, at) => {
      routes['/'] = {
        status: 401,
        headers: { 'www-authenticate': `Bearer resource_metadata="${at.origin}${ROOT_METADATA}", scope="read"` },
      }
      documentAt(routes, ROOT_METADATA).resource = at.origin
    })
    expect(lines(await examineServer(origin, PLAIN)).filter((line) => !line.startsWith('ok '))).toEqual([
      'warning resource-metadata: the URL has no path: some clients add a slash to it and some take one away',
    ])
  })

  it('names more authorization servers than are asked', async () => {
    const { url, requests } = await standIn((routes, { origin }) => {
      const named = Array.from({ length: 40 }, (_, index) => `${origin}/as${index}`)
      both({ authorization_servers: named })(routes, { origin, url: '', issuer: '' })
    })
    const groups = await examineServer(url, PLAIN)
    expect(lines(groups)).toContain(
      'ok resource-metadata: names this resource, and 40 authorization servers, of which 5 were asked',
    )
    expect(requests.filter((request) => request.url?.includes('/as'))).toHaveLength(15)
  })
})

describe('the authorization server', () => {
  it('is found by the appended form of OpenID alone', async () => {
    const { url } = await standIn((routes) => {
      routes['/as/.well-known/openid-configuration'] = routes[ISSUER_METADATA] ?? {}
      delete routes[ISSUER_METADATA]
    })
    expect(lines(await examineServer(url, PLAIN))).toContain(
      'ok metadata: read at /as/.well-known/openid-configuration',
    )
  })

  it('has no metadata', async () => {
    const [found, ...others] = await wrong((routes) => {
      delete routes[ISSUER_METADATA]
    })
    expect(found).toBe(
      `failure metadata: there is no metadata: asked ORIGIN${ISSUER_METADATA}, ORIGIN/.well-known/openid-configuration/as, ORIGIN/as/.well-known/openid-configuration`,
    )
    expect(others).toEqual([])
  })

  it('is broken before the form that works, and after it', async () => {
    const before = await wrong((routes) => {
      routes['/.well-known/openid-configuration/as'] = routes[ISSUER_METADATA] ?? {}
      routes[ISSUER_METADATA] = { status: 500 }
    })
    expect(before).toEqual([`failure metadata: ORIGIN${ISSUER_METADATA} answered 500`])
    const after = await wrong((routes) => {
      routes['/.well-known/openid-configuration/as'] = { status: 500 }
    })
    expect(after).toEqual(['warning metadata: ORIGIN/.well-known/openid-configuration/as answered 500'])
  })

  it('says that it is another issuer, by a slash', async () => {
    const found = await wrong((routes, { issuer }) => {
      documentAt(routes, ISSUER_METADATA).issuer = `${issuer}/`
    })
    expect(found).toEqual([
      `failure metadata: ORIGIN${ISSUER_METADATA} says that its issuer is ORIGIN/as/: clients compare it letter by letter`,
    ])
  })

  it.each(['http://login.example.com', 'file:///etc', 'nonsense'])('is at %s', async (issuer) => {
    const found = await wrong((routes) => {
      documentAt(routes, METADATA).authorization_servers = [issuer]
    })
    expect(found[0]).toBe('failure metadata: the issuer is no https URL')
  })

  it.each<[string, Change, readonly string[]]>([
    [
      'an endpoint',
      withIssuer({ authorization_endpoint: undefined }),
      ['failure endpoints: `authorization_endpoint` is missing'],
    ],
    [
      'a secure endpoint',
      withIssuer({ token_endpoint: 'http://login.example.com/token' }),
      ['failure endpoints: `token_endpoint` is no https URL: http://login.example.com/token'],
    ],
    [
      'S256',
      withIssuer({ code_challenge_methods_supported: ['plain'] }),
      [
        'failure pkce: `code_challenge_methods_supported` does not have S256: claude.ai, ChatGPT and Zed then do not log in',
      ],
    ],
    [
      'registration',
      withIssuer({ registration_endpoint: undefined }),
      [
        'warning registration: there is no registration: Cursor, Gemini CLI and LibreChat need a client id that somebody gives them',
      ],
    ],
    [
      'any way to be known',
      withIssuer({ registration_endpoint: undefined, client_id_metadata_document_supported: false }),
      [
        expect.stringMatching(
          /^warning registration: there is neither registration nor client id metadata documents: no client logs in/,
        ) as string,
      ],
    ],
    [
      'public clients',
      withIssuer({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }),
      [
        'warning registration: `token_endpoint_auth_methods_supported` does not have `none`: claude.ai then uses no metadata document',
      ],
    ],
    [
      'the scope that is asked for',
      withIssuer({ scopes_supported: ['openid'] }),
      [
        'warning scopes: `scopes_supported` does not have read, which the server asks for: logins can end in `invalid_scope`',
      ],
    ],
    ['a list of scopes', withIssuer({ scopes_supported: undefined }), []],
    [
      'keys',
      withIssuer({ jwks_uri: undefined }),
      ['warning keys: the metadata names no `jwks_uri`: only tokens that are asked about (opaque) can be verified'],
    ],
    [
      'its keys where it says',
      (routes) => {
        delete routes['/as/jwks']
      },
      ['failure keys: ORIGIN/as/jwks is answered 404'],
    ],
    ['a key', withKeys(), ['failure keys: there is no key that can verify a signature']],
    [
      'a key that is whole, large enough and for signatures',
      withKeys('text', { kty: 'RSA' }, publicJwk(1024), { ...publicJwk(), use: 'enc' }),
      ['failure keys: there is no key that can verify a signature'],
    ],
    [
      'only public keys',
      withKeys(publicJwk(), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
      ['failure keys: a secret or private key is published: whoever reads it can make tokens'],
    ],
    [
      'asymmetric keys',
      withKeys({ kty: 'oct', k: 'c2VjcmV0' }),
      [
        'failure keys: a secret or private key is published: whoever reads it can make tokens',
        'failure keys: there is no key that can verify a signature',
      ],
    ],
  ])('does not have %s', async (_what, change, expected) => {
    expect(await wrong(change)).toEqual(expected)
  })
})
