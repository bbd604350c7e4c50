import { describe, expect, it } from 'vitest'
import { BrowserlessProvider, CookieJar, logIn } from '../src/index.js'

const start = 'http://as.test/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb&state=secret-state'

/** A server that answers each address, and remembers what was asked. */
function server(answers: Record<string, (request: Request) => Response>) {
  const requests: Request[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    requests.push(request.clone())
    const { pathname } = new URL(request.url)
    return answers[`${request.method} ${pathname}`]?.(request) ?? new Response('', { status: 404 })
  }
  return { fetch, requests }
}

function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: { 'content-type': 'text/html' } })
}

function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { location, ...headers } })
}

describe('logIn', () => {
  it('follows redirects with cookies, fills in both forms, and stops at the redirect URI', async () => {
    const { fetch, requests } = server({
      'GET /auth': () => redirect('/login?step=1', { 'set-cookie': 'session=abc; Path=/; HttpOnly' }),
      'GET /login': () =>
        page(`<form method="post"><button name="user" value="ada"></button></form>
          <form method=post action='/login?a=1&amp;b=2'><input type="hidden" name="csrf" value="&quot;x&quot;">
          <input name="user" type="text"></form>`),
      'POST /login': () => redirect('/consent'),
      'GET /consent': () =>
        page(
          '<FORM METHOD="POST"><button name="decision" value="deny">No</button><button name="decision" value="approve"></FORM>',
        ),
      'POST /consent': () => redirect('http://127.0.0.1:1/cb?code=c&state=secret-state'),
    })
    const callback = await logIn({ authorizationUrl: start, user: 'grace', fetch })
    expect(callback.href).toBe('http://127.0.0.1:1/cb?code=c&state=secret-state')
    expect(requests.map(({ method, url }) => `${method} ${url.replace('http://as.test', '')}`)).toEqual([
      expect.stringContaining('GET /auth'),
      'GET /login?step=1',
      'POST /login?a=1&b=2',
      'GET /consent',
      'POST /consent',
    ])
    expect(await requests[2]?.text()).toBe('csrf=%22x%22&user=grace')
    expect(await requests[4]?.text()).toBe('decision=approve')
    expect(requests[0]?.headers.get('cookie')).toBeNull()
    for (const request of requests.slice(1)) expect(request.headers.get('cookie')).toBe('session=abc')
  })

  it('denies when it is told to', async () => {
    const { fetch, requests } = server({
      'GET /auth': () => page('<form method="post"><button name="decision" value="deny"></button></form>'),
      'POST /auth': () => redirect('http://127.0.0.1:1/cb?error=access_denied'),
    })
    const callback = await logIn({ authorizationUrl: start, user: 'ada', decision: 'deny', fetch })
    expect(callback.searchParams.get('error')).toBe('access_denied')
    expect(await requests[1]?.text()).toBe('decision=deny')
  })

  it('says which page it ended on, with its status and heading, and no secrets of the address', async () => {
    const { fetch } = server({
      'GET /auth': () => page('<main><h1>Unknown &lt;client&gt;</h1><p>Do this.</p></main>', 400),
    })
    const attempt = logIn({ authorizationUrl: start, user: 'ada', fetch })
    await expect(attempt).rejects.toThrow(/400 from http:\/\/as\.test\/auth\?…: Unknown <client>\n.*Do this\./)
    await expect(attempt).rejects.not.toThrow(/secret-state/)
  })

  it('says when a page has nothing to fill in', async () => {
    const { fetch } = server({ 'GET /auth': () => page('<h1>Hello</h1><form><input name="q"></form>') })
    await expect(logIn({ authorizationUrl: start, user: 'ada', fetch })).rejects.toThrow(
      'no form that a login could use',
    )
  })

  it('ends when the pages go round in circles', async () => {
    const { fetch } = server({ 'GET /auth': () => redirect('/auth') })
    await expect(logIn({ authorizationUrl: start, user: 'ada', fetch })).rejects.toThrow('did not end after 20 pages')
  })
})

describe('a cookie jar', () => {
  it('keeps to paths and hosts, and forgets what expires', () => {
    const jar = new CookieJar()
    const set = (url: string, cookie: string): void =>
      jar.store(new URL(url), new Response(null, { headers: { 'set-cookie': cookie } }))
    set('http://as.test/a/b', 'deep=1')
    set('http://as.test/a/b', 'wide=2; Path=/')
    set('http://as.test/a/b', 'safe=3; Path=/; Secure')
    expect(jar.header(new URL('http://as.test/a/c'))).toBe('deep=1; wide=2')
    expect(jar.header(new URL('http://as.test/ab'))).toBe('wide=2')
    expect(jar.header(new URL('https://as.test/'))).toBe('wide=2; safe=3')
    expect(jar.header(new URL('http://other.test/a/'))).toBe('')
    set('http://as.test/', 'wide=; Path=/; Max-Age=0')
    set('http://as.test/a/b', 'deep=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    expect(jar.header(new URL('http://as.test/a/c'))).toBe('')
  })
})

describe('a browserless provider', () => {
  it.each(['all', 'verifier'] as const)('forgets the verifier of a login with what is invalidated: %s', (what) => {
    const provider = new BrowserlessProvider({ user: 'ada' })
    provider.saveCodeVerifier('of-the-first-login')
    provider.invalidateCredentials('tokens')
    expect(provider.codeVerifier()).toBe('of-the-first-login')
    provider.invalidateCredentials(what)
    expect(provider.codeVerifier()).toBe('')
  })
})
