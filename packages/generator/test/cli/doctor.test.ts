import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificateFor } from '../doctor/support/certificate.js'
import { documentAt, METADATA, standIn } from '../doctor/support/stand-in.js'
import { SERVER, temporaryProject, testDirectory, tool } from '../support/project.js'
import { run } from '../support/run.js'

const TOOLS = { 'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`) }
const OPEN = { 'mcp/tools/ping.ts': tool(`access: 'public', annotations: { readOnlyHint: true },`) }
const project = (files: Readonly<Record<string, string>> = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, ...TOOLS, ...files })
const nowhere = () => temporaryProject()

interface Printed {
  readonly url: string
  readonly groups: readonly { readonly title: string; readonly findings: readonly Record<string, unknown>[] }[]
}

/** The groups of the project, as `--json` prints them while no server runs. */
async function ofProject(cwd: string, url = 'http://localhost:1/mcp') {
  const { out } = await run(['doctor', url, '--json'], { cwd })
  return (JSON.parse(out) as Printed).groups.slice(0, -1)
}

describe('mcp-gen doctor', () => {
  it('prints a line a check, and is content if nothing failed', async () => {
    const { url } = await standIn(() => undefined)
    const { code, out, err } = await run(['doctor'], { cwd: project(), env: { MCP_RESOURCE: url } })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(
      out.replaceAll(/http:\/\/localhost:\d+/g, 'ORIGIN').replace(/ at [\d.:, ]+, for/, ' at HERE, for'),
    ).toBe(`The project notes 1.0.0
  ok       public             everything needs a token

The project trusts MCP_AUTH_ISSUER of the environment, in development ORIGIN
  ok       audience           only tokens for this server count
  ok       token-type         the issuer is asked about every token

The server ORIGIN/mcp
  ok       reachable          ORIGIN/mcp answers at HERE, for clients on this computer alone
  ok       clock              the clock of the server agrees with this one
  ok       without-token      POST, GET and HEAD without a token are answered 401 alike
  ok       challenge          one Bearer challenge that names the metadata and asks for scope read
  ok       resource-metadata  names this resource, and one authorization server

The authorization server ORIGIN/as
  ok       metadata           read at /.well-known/oauth-authorization-server/as
  ok       endpoints          the login and the token endpoint are named, and secure
  ok       pkce               codes are bound by S256
  ok       registration       clients make themselves known by metadata documents and registration
  ok       scopes             has the scopes that are asked for
  ok       keys               1 key verifies signatures

0 failures, 0 warnings, 14 ok
`)
  })

  it('says the cause and the cure of a failure on its line, and fails', async () => {
    const { url, origin } = await standIn((routes) => {
      documentAt(routes, METADATA).resource = 'https://else.example'
    })
    const { code, out, err } = await run(['doctor', url], { cwd: nowhere() })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toContain(
      `  failure  resource-metadata  \`resource\` is https://else.example, not ${origin}/mcp: clients compare them letter by letter. Give clients the URL that the metadata names, or set the resource to the one they use.\n`,
    )
    expect(out).toMatch(/\n1 failure, 0 warnings, 10 ok\n$/)
  })

  it('takes no warning for a failure', async () => {
    const { url } = await standIn((routes) => {
      delete routes['/.well-known/oauth-protected-resource']
    })
    const { code, out } = await run(['doctor', url], { cwd: nowhere() })
    expect(out).toMatch(/\n0 failures, 1 warning, \d+ ok\n$/)
    expect(code).toBe(0)
  })

  it('prints one line of JSON, by --json and by --format json', async () => {
    const { url } = await standIn(() => undefined)
    const cwd = nowhere()
    const [short, long] = await Promise.all([
      run(['doctor', url, '--json'], { cwd }),
      run(['doctor', url, '--format', 'json'], { cwd }),
    ])
    expect(short).toMatchObject({ code: 0, err: '' })
    expect(long.out).toBe(short.out)
    expect(short.out.trimEnd()).not.toContain('\n')
    const printed = JSON.parse(short.out) as Printed
    expect(printed.url).toBe(url)
    expect(printed.groups.map(({ title }) => title)).toEqual([
      `The server ${url}`,
      `The authorization server ${url.replace(/mcp$/, 'as')}`,
    ])
    for (const finding of printed.groups.flatMap(({ findings }) => findings)) {
      expect(finding).toEqual({ check: expect.any(String), state: 'ok', text: expect.any(String), cure: null })
    }
  })

  it('colours the states on a terminal, and nothing that is piped', async () => {
    const { url } = await standIn(() => undefined)
    const cwd = nowhere()
    expect((await run(['doctor', url], { cwd, tty: true })).out).toContain('\u001b[32mok')
    expect((await run(['doctor', url], { cwd })).out).not.toContain('\u001b')
  })

  it('does not believe a certificate that nobody vouches for', async () => {
    const { url } = await standIn(() => undefined, certificateFor(90))
    const { code, out } = await run(['doctor', url], { cwd: nowhere() })
    expect(code).toBe(1)
    expect(out).toContain('has a certificate that nobody signed but itself')
  })

  it.each([
    [['doctor', 'ftp://notes.example.com'], '"ftp://notes.example.com" is not an absolute https URL'],
    [['doctor', 'notes.example.com'], 'is not an absolute https URL'],
    [['doctor', 'https://me:secret@notes.example.com/mcp'], 'contains a user name or a password'],
    [['doctor', 'https://notes.example.com/mcp#top'], 'has a fragment'],
    [['doctor', 'https://a.example/mcp', '--format', 'xml'], 'format'],
    [['doctor', 'https://a.example/mcp', 'https://b.example/mcp'], 'b.example'],
  ])('does not understand %j', async (argv, says) => {
    const outcome = await run(argv, { cwd: nowhere() })
    expect(outcome).toEqual({ code: 2, out: '', err: expect.stringContaining(says) })
  })

  it('finds plain http that leaves this computer to be a failure', async () => {
    const { code, out } = await run(['doctor', 'http://192.0.2.1/mcp'], { cwd: nowhere() })
    expect(code).toBe(1)
    expect(out).toContain('failure  reachable  http://192.0.2.1/mcp is http, not https')
  })

  it('needs an address where there is no project', async () => {
    const outcome = await run(['doctor'], { cwd: nowhere() })
    expect(outcome).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('`mcp-gen doctor URL` looks at a server without a project'),
    })
  })

  it('says how the address is set if the spec leaves it to the environment', async () => {
    const source = SERVER.replace(
      `env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' })`,
      `env('NOTES_URL')`,
    )
    const outcome = await run(['doctor'], { cwd: project({ 'mcp/server.ts': source }) })
    expect(outcome).toEqual({
      code: 2,
      out: '',
      err: expect.stringContaining('set NOTES_URL to its https URL, or give the address'),
    })
  })
})

describe('what a project allows', () => {
  it('tokens for another audience, each by its name', async () => {
    const [, issuer] = await ofProject(join(testDirectory, 'golden', 'compatible'))
    expect(issuer?.title).toBe('The project trusts https://login.example.com')
    expect(issuer?.findings).toEqual([
      ...['api://notes', 'P2a|b'].map((audience) => ({
        check: 'audience',
        state: 'warning',
        text: `tokens for the audience ${audience} count here, if they hold a scope of this server: whatever else gets such tokens can use them here`,
        cure: 'Have the authorization server bind tokens to the resource (RFC 8707), and remove `audienceCompatibility` from mcp/server.ts.',
      })),
      { check: 'token-type', state: 'ok', text: 'the issuer is asked about every token', cure: null },
    ])
  })

  it('tokens of a client without an audience, and of no type', async () => {
    const source = SERVER.replace('embedded, env', 'env, oidc').replace(
      'embedded()',
      `oidc({ issuer: 'https://login.example.com', tokens: 'jwt', typ: 'JWT', audienceCompatibility: { clientIds: ['desk'] } })`,
    )
    const [, issuer] = await ofProject(project({ 'mcp/server.ts': source }))
    expect(issuer?.findings).toMatchObject([
      {
        check: 'audience',
        state: 'warning',
        text: 'tokens of the client desk count here without an audience, if they hold a scope of this server: any server that this client calls can use them here',
      },
      {
        check: 'token-type',
        state: 'warning',
        text: '`typ: JWT`: access tokens are told from other JWTs of this issuer by their claims alone',
      },
    ])
  })

  it('tools without a token, and then a session without one', async () => {
    const { url } = await standIn((routes) => {
      routes['POST /mcp'] = { json: {} }
    })
    const open = await run(['doctor', url], { cwd: project(OPEN) })
    expect(open.out).toContain('  warning  public             1 of 2 tools can be used without a token: ping.')
    expect(open.out).toContain('a session without a token is for what is declared public')
    expect(open.code).toBe(0)
    const closed = await run(['doctor', url], { cwd: project() })
    expect(closed.out).toContain('anybody can start a session without a token, and nothing is declared public')
    expect(closed.code).toBe(1)
  })

  it('is not known of a project with an error, and the server is looked at all the same', async () => {
    const { url } = await standIn(() => undefined)
    const cwd = project({ 'mcp/tools/typo.ts': tool(`scopes: ['notes:raed'],`) })
    const { code, out } = await run(['doctor'], { cwd, env: { MCP_RESOURCE: url } })
    expect(code).toBe(1)
    expect(out).toContain(
      'failure  spec               the spec is not right (1 error), so what it allows is not known. `mcp-gen build` says which they are.',
    )
    expect(out).toContain('ok       challenge')
  })

  it('is said of a project that was named, also if it is not there', async () => {
    const { url } = await standIn(() => undefined)
    const { code, out } = await run(['doctor', url, '--project', 'gone'], { cwd: nowhere() })
    expect(code).toBe(1)
    expect(out).toContain('the spec is not right (1 error)')
  })
})
