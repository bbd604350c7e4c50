import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect, RawClient } from './support/client.js'
import { Browser, type Page } from './support/pages.js'
import { startServer, type TestServer } from './support/server.js'

let server: TestServer
let client: RawClient
const log = new PassThrough()
let logged = ''

beforeAll(async () => {
  log.on('data', (chunk) => {
    logged += chunk
  })
  server = await startServer({ logger: { level: 'trace', stream: log } })
  client = await RawClient.registered(server)
})
afterAll(() => server.close())

describe('the login page', () => {
  it('offers known users and a field, each with a name for screen readers', async () => {
    const { html } = await new Browser().login(client)
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('<title>Log in · Notes</title>')
    expect(html).toContain('<button class="person" name="user" value="ada">')
    expect(html).toContain('<label for="user">')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('<strong>Raw client</strong> wants to connect')
  })

  it.each(['', ' ', 'ada lovelace', '../ada', '<script>', 'a'.repeat(65), 'ädä'])(
    'does not take "%s" for a user name and says what one is',
    async (user) => {
      const browser = new Browser()
      const page = await browser.login(client)
      const answer = await browser.open(page.url, { method: 'POST', body: new URLSearchParams({ user }) })
      expect(answer.status).toBe(400)
      expect(answer.html).toContain('A user name has 1 to 64')
      expect(answer.html).toContain('aria-invalid="true"')
      expect(answer.html).not.toContain('<script>')
    },
  )

  it('lower-cases what was typed and remembers who was here', async () => {
    const browser = new Browser()
    const page = await browser.consent(client, {}, ' Linus.T ')
    expect(page.html).toContain('Logged in as <strong>linus.t</strong>')
    const again = await browser.login(client, { prompt: 'login' })
    expect(again.html).toMatch(/value="linus\.t".*used here before/)
  })

  it('puts the user whom the client suggests first and marks it, and leaves the choice to the person', async () => {
    const browser = new Browser()
    const { html, url } = await browser.login(client, { login_hint: ' Grace ' })
    expect(html.match(/name="user" value="[a-z]+"/g)).toEqual(['name="user" value="grace"', 'name="user" value="ada"'])
    expect(html).toMatch(/value="grace">.*suggested by the program/)
    expect(html.match(/suggested by the program/g)).toHaveLength(1)
    expect(html).toContain('id="user" name="user" value=""')
    const page = await browser.open(url, { method: 'POST', body: new URLSearchParams({ user: 'ada' }) })
    expect(page.html).toContain('Logged in as <strong>ada</strong>')
  })

  it('fills in a suggested user who is not in the list', async () => {
    const { html } = await new Browser().login(client, { login_hint: 'linus' })
    expect(html).toContain('id="user" name="user" value="linus"')
    expect(html).not.toContain('suggested by the program')
  })

  it.each(['<script>alert(1)</script>', 'ada lovelace', '"><b>', 'a'.repeat(65)])(
    'leaves a suggestion that is no user name alone: %s',
    async (hint) => {
      const { status, html } = await new Browser().login(client, { login_hint: hint })
      expect(status).toBe(200)
      expect(html).toContain('id="user" name="user" value=""')
      expect(html).not.toContain('<script')
      expect(html).not.toContain('suggested by the program')
    },
  )

  it('logs nobody in or out because of a suggestion', async () => {
    const browser = new Browser()
    expect((await browser.login(client, { login_hint: 'grace' })).html).toContain('Log in to Notes')
    await client.logIn({}, { cookies: browser.cookies })
    const { html } = await browser.login(client, { login_hint: 'grace' })
    expect(html).toContain('Logged in as <strong>ada</strong>')
    const login = await browser.login(client, { login_hint: 'grace', prompt: 'login' })
    expect(login.html).toContain('Log in to Notes')
    expect(login.html).toMatch(/value="grace">.*suggested by the program/)
  })

  it('forgets a remembered name that was tampered with', async () => {
    const browser = new Browser()
    const response = new Response(null, { headers: { 'set-cookie': 'mcp_auth_users=<script>|ada; Path=/' } })
    browser.cookies.store(new URL(server.issuer), response)
    expect((await browser.login(client)).html).not.toContain('<script>')
  })
})

describe('the consent page', () => {
  it('says who asks, for what in words, where the answer goes and how long it lasts', async () => {
    const { html } = await new Browser().consent(client, { scope: 'notes:read notes:write' })
    expect(html).toContain('Allow Raw client to use Notes?')
    expect(html).toContain('Read your notes')
    expect(html).toContain('Create, change and delete your notes')
    expect(html).toContain('includes: Read your notes')
    expect(html).toContain('127.0.0.1:41741')
    expect(html).toContain('The answer goes to a program on this computer.')
    expect(html).toContain('Up to 30 days')
    expect(html).not.toContain('class="new">')
  })

  it('marks what is new since the last grant', async () => {
    const browser = new Browser()
    await client.logIn({ scope: 'notes:read' }, { cookies: browser.cookies })
    const { html } = await browser.login(client, { scope: 'notes:read notes:write' })
    expect(html).toContain('It asks for more than before')
    expect(html).toMatch(/Create, change and delete your notes <span class="new">New<\/span>/)
    expect(html).not.toMatch(/Read your notes <span class="new">/)
  })

  it('lets another user log in, whose login it then is', async () => {
    const browser = new Browser()
    const consent = await browser.consent(client)
    const login = await browser.open(new URL('?switch=user', consent.url))
    expect(login.html).toContain('Log in to Notes')
    const other = await browser.open(login.url, { method: 'POST', body: new URLSearchParams({ user: 'grace' }) })
    expect(other.html).toContain('Logged in as <strong>grace</strong>')
    const done = await finish(browser, other)
    const { body } = await client.redeem(done.searchParams.get('code'))
    expect(await introspect(server, body.access_token)).toMatchObject({ sub: 'grace' })
    expect((await browser.login(client)).html).toContain('Logged in as <strong>grace</strong>')
  })

  it('lets two tabs log in as two users, each with a page of ours, and the later one stays', async () => {
    const browser = new Browser()
    const [first, second] = [await browser.login(client), await browser.login(client)]
    const ada = await browser.open(first.url, { method: 'POST', body: new URLSearchParams({ user: 'ada' }) })
    const grace = await browser.open(second.url, { method: 'POST', body: new URLSearchParams({ user: 'grace' }) })
    expect(grace.html).toContain('Logged in as <strong>grace</strong>')
    expect(grace.html).not.toContain('<script')
    const done = await finish(browser, grace)
    const { body } = await client.redeem(done.searchParams.get('code'))
    expect(await introspect(server, body.access_token)).toMatchObject({ sub: 'grace' })
    // What was asked of the one user is not answered by the other.
    const late = await browser.open(ada.url, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) })
    expect(late.status).toBe(400)
    expect(late.html).toContain('This login has expired')
  })

  it('AS-43 escapes what a client calls itself', async () => {
    const hostile = await RawClient.registered(server, {
      client_name: '<script>alert(1)</script>"\'&\u202e\u0000',
      client_uri: 'https://evil.example/"><script>',
    })
    const browser = new Browser()
    for (const page of [await browser.login(hostile), await browser.consent(hostile, { state: '"><script>' })]) {
      expect(page.html).not.toContain('<script')
      expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
      expect(page.html).not.toMatch(/[\u202e\0]/)
    }
  })

  it('cuts a name that would push the rest out of sight', async () => {
    const long = await RawClient.registered(server, { client_name: 'x'.repeat(5000) })
    expect((await new Browser().consent(long)).html).not.toContain('x'.repeat(100))
  })

  it('gives a client without a name one that says so', async () => {
    const nameless = await RawClient.registered(server, { client_name: undefined })
    expect((await new Browser().consent(nameless)).html).toContain('Allow A program without a name')
  })

  it('asks again when neither button was pressed', async () => {
    const browser = new Browser()
    const page = await browser.consent(client)
    const answer = await browser.open(page.url, { method: 'POST', body: new URLSearchParams({ decision: 'perhaps' }) })
    expect(answer.status).toBe(400)
    expect(answer.html).toContain('name="decision"')
  })

  it('AS-40 answers a post with 303', async () => {
    const browser = new Browser()
    const page = await browser.consent(client)
    expect((await browser.post(page.url, { decision: 'approve' })).status).toBe(303)
  })
})

describe('headers', () => {
  it('AS-39 the style is allowed by its hash, and framing by nobody', async () => {
    const { headers, html } = await new Browser().login(client)
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it.each([
    ['http://127.0.0.1:41741/callback', "form-action 'self' https: http://127.0.0.1:41741;"],
    ['http://[::1]:41741/callback', "form-action 'self' https: http:;"],
    ['cursor://anysphere.cursor-mcp/oauth/callback', "form-action 'self' https: cursor:;"],
    ['https://client.example/cb', "form-action 'self' https:;"],
  ])('the form may lead to %s', async (redirect, directive) => {
    const other = await RawClient.registered(server, { redirect_uris: [redirect] })
    const { headers } = await new Browser().consent(other)
    expect(headers.get('content-security-policy')).toContain(directive)
  })

  it('pages without a form allow none', async () => {
    const { headers } = await new Browser().open(`${server.issuer}/`)
    expect(headers.get('content-security-policy')).toContain("form-action 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('cookies are out of reach of scripts and of other sites', async () => {
    const response = await client.authorize()
    const cookies = response.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; httponly/i)
      expect(cookie).toMatch(/; samesite=lax/i)
    }
  })
})

describe('an answer that is not the user’s', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this computer', { origin: 'http://localhost:3000' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another site, by what the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['another port, by what the browser says', { 'sec-fetch-site': 'same-site' }],
  ])('from %s is refused', async (_, headers) => {
    const browser = new Browser()
    const page = await browser.consent(client)
    const response = await browser.post(page.url, { decision: 'approve' }, headers as Record<string, string>)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Nothing was changed')
    const own = await browser.post(
      page.url,
      { decision: 'approve' },
      { origin: server.issuer, 'sec-fetch-site': 'same-origin' },
    )
    expect(own.status).toBe(303)
  })

  it('from another browser, without the cookie of the login, is refused', async () => {
    const page = await new Browser().consent(client)
    const response = await new Browser().post(page.url, { decision: 'approve' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('This login has expired')
  })

  it('approving before anybody logged in is not possible', async () => {
    const browser = new Browser()
    const page = await browser.login(client)
    const answer = await browser.open(page.url, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) })
    expect(answer.html).toContain('Log in to Notes')
  })

  it('an interaction that was answered is over', async () => {
    const browser = new Browser()
    const page = await browser.consent(client)
    await finish(browser, page)
    expect((await browser.open(page.url)).status).toBe(400)
  })

  it('a body that no form sends is an error page and no stack', async () => {
    const browser = new Browser()
    const page = await browser.login(client)
    const response = await browser.request(page.url, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toMatch(/node_modules|at \w+ \(/)
  })
})

describe('the log', () => {
  it('DR-07 has a line for registration, login, consent and token, and no value that somebody could use', async () => {
    logged = ''
    const other = await RawClient.registered(server, {
      client_name: 'Logged client',
      token_endpoint_auth_method: 'client_secret_post',
    })
    const callback = await other.logIn({ state: 'secret-state-value' })
    const code = callback.searchParams.get('code')
    await other.redeem(code, { client_secret: 'wrong-secret-value' })
    const tokens = await client.tokens()
    await client.refresh(tokens.refresh_token)
    await client.refresh(tokens.refresh_token)
    const lines = logged
      .trim()
      .split('\n')
      .map((line): { msg: string } => JSON.parse(line))
      .map(({ msg }) => msg)
    expect(lines).toContain('Registered "Logged client", answers go to 127.0.0.1:41741')
    expect(lines).toContain('ada logged in for "Logged client"')
    expect(lines).toContain('ada allowed "Logged client": notes:read')
    expect(lines).toContain('Gave "Raw client" an access token for ada: notes:read')
    expect(lines.find((line) => line.includes('refresh token already used'))).toMatch(
      /^Refused a token request of "Raw client"/,
    )
    const secrets = [code, other.verifier, client.verifier, tokens.access_token, tokens.refresh_token]
    for (const value of [...secrets, 'secret-state-value', 'wrong-secret-value']) {
      expect(logged).not.toContain(String(value))
    }
    expect(logged).not.toMatch(/\?\w+=/)
  })

  it('keeps no byte of what was no request', async () => {
    logged = ''
    const socket = connect(server.port, 'localhost')
    socket.write('GET /auth?code=secret-code HTTP/9.9\r\nCookie: mcp_auth_session=secret-session\r\n\r\n')
    let answer = ''
    for await (const chunk of socket) answer += chunk
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer + logged).not.toMatch(/rawPacket|secret-/)
  })
})

/** Approves, and returns where the browser would leave for. */
async function finish(browser: Browser, page: Page): Promise<URL> {
  const answer = await browser.post(page.url, { decision: 'approve' })
  const resumed = await browser.request(new URL(answer.headers.get('location') ?? '', page.url))
  return new URL(resumed.headers.get('location') ?? '')
}
