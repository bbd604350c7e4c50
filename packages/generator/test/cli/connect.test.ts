import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseJsonc } from 'jsonc-parser'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { ClientSnippet } from '../../dist/connect/client-snippet.js'
import { clientSnippets } from '../../dist/connect/client-snippets.js'
import { CLIENTS } from '../../dist/connect/clients.js'
import { filesIn, get, SERVER, temporaryProject } from '../support/project.js'
import { run } from '../support/run.js'

const LOCAL = { name: 'notes', resource: 'http://localhost:3000/mcp' }
const PUBLIC = { name: 'notes', resource: 'https://notes.example.com/mcp' }
const HOSTED = ['claude-desktop', 'claude-ai', 'chatgpt']

const project = (files: Readonly<Record<string, string>> = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, ...files })
const snippet = (server: typeof LOCAL, id: string): ClientSnippet =>
  clientSnippets(server).find((one) => one.id === id) ?? expect.fail(`no client ${id}`)
const stepsOf = <Kind extends ClientSnippet['steps'][number]['kind']>({ steps }: ClientSnippet, kind: Kind) =>
  steps.filter((step): step is Extract<typeof step, { kind: Kind }> => step.kind === kind)

describe('what each client gets', () => {
  it.each([
    ['claude-code', 'claude mcp add --transport http notes http://localhost:3000/mcp'],
    ['codex', 'codex mcp add notes --url http://localhost:3000/mcp'],
    [
      'vscode',
      String.raw`code --add-mcp "{\"name\":\"notes\",\"type\":\"http\",\"url\":\"http://localhost:3000/mcp\"}"`,
    ],
    ['gemini-cli', 'gemini mcp add --transport http notes http://localhost:3000/mcp'],
    ['goose', 'goose session --with-streamable-http-extension http://localhost:3000/mcp'],
    ['inspector', 'npx @modelcontextprotocol/inspector --transport http --server-url http://localhost:3000/mcp'],
  ])('%s: the command', (id, command) => {
    expect(stepsOf(snippet(LOCAL, id), 'command')[0]?.text).toBe(command)
  })

  it.each([
    ['claude-code', '.mcp.json', { mcpServers: { notes: { type: 'http', url: LOCAL.resource } } }],
    ['vscode', '.vscode/mcp.json', { servers: { notes: { type: 'http', url: LOCAL.resource } } }],
    ['cursor', '.cursor/mcp.json', { mcpServers: { notes: { url: LOCAL.resource } } }],
    ['gemini-cli', '.gemini/settings.json', { mcpServers: { notes: { httpUrl: LOCAL.resource } } }],
    ['zed', 'settings.json', { context_servers: { notes: { url: LOCAL.resource } } }],
  ])('%s: the file', (id, path, content) => {
    const [file] = stepsOf(snippet(LOCAL, id), 'file')
    expect(file?.path).toBe(path)
    expect(JSON.parse(file?.text ?? '')).toEqual(content)
  })

  it('codex: the file', () => {
    expect(parseToml(stepsOf(snippet(LOCAL, 'codex'), 'file')[0]?.text ?? '')).toEqual({
      mcp_servers: { notes: { url: LOCAL.resource } },
    })
  })

  it('vscode and cursor: links that hold the server', () => {
    const [vscode] = stepsOf(snippet(LOCAL, 'vscode'), 'link')
    expect(JSON.parse(decodeURIComponent(vscode?.href.replace('vscode:mcp/install?', '') ?? ''))).toEqual({
      name: 'notes',
      type: 'http',
      url: LOCAL.resource,
    })
    const [cursor] = stepsOf(snippet(LOCAL, 'cursor'), 'link')
    const query = new URL(cursor?.href ?? '').searchParams
    expect(query.get('name')).toBe('notes')
    expect(JSON.parse(Buffer.from(query.get('config') ?? '', 'base64').toString())).toEqual({ url: LOCAL.resource })
  })

  it('librechat: is told to connect to a private address, and only to such a one', () => {
    const text = (server: typeof LOCAL) => stepsOf(snippet(server, 'librechat'), 'file')[0]?.text
    expect(text(LOCAL)).toBe(
      'mcpSettings:\n  allowedAddresses:\n    - "localhost:3000"\nmcpServers:\n  notes:\n    type: streamable-http\n    url: "http://localhost:3000/mcp"\n',
    )
    expect(text(PUBLIC)).not.toContain('allowedAddresses')
  })

  it('claude.ai: a link that fills the form in, also as a picture for a phone', () => {
    const { steps } = snippet(PUBLIC, 'claude-ai')
    const href =
      'https://claude.ai/customize/connectors?modal=add-custom-connector&connectorName=notes&connectorUrl=https%3A%2F%2Fnotes.example.com%2Fmcp'
    expect(steps).toContainEqual({ kind: 'link', label: expect.any(String), href })
    expect(steps).toContainEqual({ kind: 'qr', label: expect.any(String), text: href })
  })
})

describe('hosted clients', () => {
  it.each([
    'http://localhost:3000/mcp',
    'https://localhost/mcp',
    'http://127.0.0.1:3000/mcp',
    'https://[::1]/mcp',
    'https://10.0.0.5/mcp',
    'https://192.168.1.4/mcp',
    'https://172.20.0.1/mcp',
    'https://100.64.0.1/mcp',
    'https://[fd00::1]/mcp',
    'https://notes.local/mcp',
    'https://notes.internal/mcp',
    'https://intranet/mcp',
    'http://notes.example.com/mcp',
  ])('cannot reach %s, and say what to do', (resource) => {
    for (const id of HOSTED) {
      const { problem, steps } = snippet({ name: 'notes', resource }, id)
      expect(problem).toContain(resource)
      expect(problem).toContain(`mcp-gen connect ${id} --url https://`)
      expect(steps.some(({ kind }) => kind === 'qr' || kind === 'link')).toBe(false)
    }
  })

  it.each([
    'https://notes.example.com/mcp',
    'https://8.8.8.8/mcp',
    'https://172.32.0.1/mcp',
    'https://localhost.example.com/mcp',
  ])('reach %s', (resource) => {
    for (const id of HOSTED) expect(snippet({ name: 'notes', resource }, id)).not.toHaveProperty('problem')
  })

  it('no other client has a problem with a loopback address', () => {
    const without = clientSnippets(LOCAL).filter(({ problem }) => problem === undefined)
    expect(without.map(({ id }) => id)).toEqual(CLIENTS.map(({ id }) => id).filter((id) => !HOSTED.includes(id)))
  })

  it('Claude Desktop has a bridge meanwhile', () => {
    const [file] = stepsOf(snippet(LOCAL, 'claude-desktop'), 'file')
    expect(JSON.parse(file?.text ?? '')).toEqual({
      mcpServers: { notes: { command: 'npx', args: ['-y', 'mcp-remote', LOCAL.resource] } },
    })
  })
})

/** What a shell makes of a command line. */
function wordsOf(command: string): readonly string[] {
  const script = `each() { for word; do printf '%s\\n' "$word"; done; }; each ${command}`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.trimEnd().split('\n')
}

describe.each([
  { name: `n'; rm -rf ~ #`, resource: 'https://x.example/$(id)/`id`/mcp' },
  { name: '"}]\n[evil]\nurl = "x', resource: `https://x.example/'/mcp;id` },
  { name: '__proto__', resource: 'https://x.example/&calc/mcp' },
  { name: '', resource: 'https://x.example/%PATH%/mcp' },
  { name: '🏳️‍🌈 on', resource: 'https://x.example/mcp' },
  { name: '-x', resource: 'https://x.example/mcp' },
])('a server called $name at $resource', (server) => {
  it.skipIf(process.platform === 'win32')('is read by a shell as text', () => {
    for (const { steps } of clientSnippets(server)) {
      for (const { text } of steps.filter((step) => step.kind === 'command')) {
        const words = wordsOf(text)
        const last = words.at(-1) ?? ''
        if (!text.includes(' login ')) expect(last.startsWith('{') ? JSON.parse(last).url : last).toBe(server.resource)
        for (const word of words.slice(0, -1)) expect(word).toMatch(/^[\w@/-]+$/)
      }
    }
  })

  it('does not break out of a file or a link', () => {
    for (const { steps } of clientSnippets(server)) {
      for (const step of steps) {
        if (step.kind === 'file' && step.language === 'json') {
          expect(
            Object.values(JSON.parse(step.text)).flatMap((servers) => Object.keys(servers as object)),
          ).toHaveLength(1)
        }
        if (step.kind === 'file' && step.language === 'toml') {
          const { mcp_servers: servers } = parseToml(step.text) as { mcp_servers: object }
          expect(Object.values(servers)).toEqual([{ url: server.resource }])
        }
        if (step.kind === 'link') expect(step.href).toMatch(/^[\x21-\x7e]+$/)
      }
    }
  })
})

describe('mcp-gen connect', () => {
  it('without a client lists them, one line each', async () => {
    const { code, out } = await run(['connect'], { cwd: project() })
    expect(code).toBe(0)
    for (const { id } of CLIENTS) expect(out).toMatch(new RegExp(`^  ${id} +\\S`, 'm'))
  })

  it('asks on a terminal', async () => {
    const ask = { one: async () => 'cursor' }
    const { code, out } = await run(['connect'], { cwd: project(), tty: true, ask })
    expect(code).toBe(0)
    expect(out).toContain('.cursor/mcp.json')
  })

  it('ends with 2 if the person gives up', async () => {
    const ask = { one: async () => null }
    expect(await run(['connect'], { cwd: project(), tty: true, ask })).toEqual({ code: 2, out: '', err: '' })
  })

  it('takes name and address from mcp/server.ts', async () => {
    const { out } = await run(['connect', 'codex'], { cwd: project() })
    expect(out).toContain('codex mcp add notes --url http://localhost:3000/mcp')
  })

  it('prefers the environment, as the server does', async () => {
    const env = { MCP_RESOURCE: 'https://notes.example.com/mcp' }
    const { out } = await run(['connect', 'codex'], { cwd: project(), env })
    expect(out).toContain('--url https://notes.example.com/mcp')
  })

  it('prefers --url and --name to both', async () => {
    const env = { MCP_RESOURCE: 'https://notes.example.com/mcp' }
    const argv = ['connect', 'codex', '--url', 'https://other.example.com/mcp', '--name', 'other']
    const { out } = await run(argv, { cwd: project(), env })
    expect(out).toContain('codex mcp add other --url https://other.example.com/mcp')
  })

  it('needs no project if it is told everything', async () => {
    const argv = ['connect', 'codex', '--url', 'https://a.example.com/mcp', '--name', 'a']
    expect((await run(argv, { cwd: temporaryProject() })).code).toBe(0)
  })

  it('prints the data of the console as JSON', async () => {
    const one = await run(['connect', 'claude-code', '--json'], { cwd: project() })
    expect(JSON.parse(one.out)).toEqual(snippet(LOCAL, 'claude-code'))
    const all = await run(['connect', '--json'], { cwd: project() })
    expect(JSON.parse(all.out)).toEqual(clientSnippets(LOCAL))
  })

  it('shows a picture for a phone on a terminal alone', async () => {
    const argv = ['connect', 'claude-ai', '--url', PUBLIC.resource, '--name', 'notes']
    expect((await run(argv, { tty: true })).out).toMatch(/[█▀▄]{8}/)
    expect((await run(argv)).out).not.toMatch(/[█▀▄]/)
  })

  it.each([
    {
      argv: ['connect', 'claude-cod'],
      code: 2,
      says: `no client 'claude-cod' that we know. Did you mean 'claude-code'?`,
    },
    { argv: ['connect', 'toString'], code: 2, says: `no client 'toString'` },
    { argv: ['connect', 'codex', '--url', 'notes.example.com/mcp'], code: 2, says: 'is not an absolute https URL' },
    {
      argv: ['connect', 'codex', '--url', 'http://notes.example.com/mcp'],
      code: 2,
      says: 'is http and not a loopback',
    },
    { argv: ['connect', 'codex', '--url', 'https://u:p@notes.example.com/mcp'], code: 2, says: 'a password' },
    { argv: ['connect', 'codex', '--url'], code: 2, says: 'url' },
    { argv: ['connect', '--write'], code: 2, says: 'Say which client.' },
    { argv: ['connect', 'chatgpt', '--write'], code: 2, says: 'ChatGPT reads no file of the project' },
    { argv: ['connect', 'codex', '--project', 'nowhere'], code: 1, says: 'project-missing' },
  ])('$argv is refused', async ({ argv, code, says }) => {
    const outcome = await run(argv, { cwd: project() })
    expect(outcome).toEqual({ code, out: '', err: expect.stringContaining(says) })
  })

  it('says how the address is set if the spec leaves it to the environment', async () => {
    const source = SERVER.replace(
      `env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' })`,
      `env('NOTES_URL')`,
    )
    const outcome = await run(['connect', 'codex'], { cwd: project({ 'mcp/server.ts': source }) })
    expect(outcome).toEqual({
      code: 2,
      out: '',
      err: expect.stringContaining('set NOTES_URL to its https URL, or give --url'),
    })
  })

  it('says what is wrong with a spec that it cannot read', async () => {
    const outcome = await run(['connect', 'codex'], { cwd: project({ 'mcp/server.ts': 'export default 1' }) })
    expect(outcome).toEqual({ code: 1, out: '', err: expect.stringContaining('server-unreadable') })
  })
})

describe('connect --write', () => {
  it.each(CLIENTS.filter(({ projectFile }) => projectFile))(
    '$id: makes the file that it prints',
    async ({ id, projectFile }) => {
      const cwd = project()
      const path = projectFile?.path ?? ''
      const { code, out } = await run(['connect', id, '--write'], { cwd })
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(path) })
      expect(get(cwd, path)).toBe(stepsOf(snippet(LOCAL, id), 'file')[0]?.text)
      expect(filesIn(cwd)).toEqual([path, 'mcp/server.ts'].sort())
    },
  )

  it('keeps what is there: comments, order, tabs, line ends, byte order mark', async () => {
    const before =
      '\ufeff{\r\n\t// ours\r\n\t"inputs": [1, 2],\r\n\t"servers": {\r\n\t\t"other": { "url": "https://o.example/mcp" }, // kept\r\n\t},\r\n}\r\n'
    const cwd = project({ '.vscode/mcp.json': before })
    expect((await run(['connect', 'vscode', '--write'], { cwd })).code).toBe(0)
    const after = get(cwd, '.vscode/mcp.json')
    for (const line of [
      '\ufeff{\r\n',
      '\t// ours\r\n',
      '\t"inputs": [1, 2],\r\n',
      '"other": { "url": "https://o.example/mcp" }, // kept\r\n',
    ])
      expect(after).toContain(line)
    expect(after).not.toMatch(/[^\r]\n/)
    expect(parseJsonc(after.slice(1), [], { allowTrailingComma: true }).servers).toEqual({
      other: { url: 'https://o.example/mcp' },
      notes: { type: 'http', url: LOCAL.resource },
    })
  })

  it.each([
    ['{}', '{\n  "mcpServers": {\n    "notes": {\n      "url": "http://localhost:3000/mcp"\n    }\n  }\n}'],
    [
      '{\n    "a": 1\n}\n',
      '{\n    "mcpServers": {\n        "notes": {\n            "url": "http://localhost:3000/mcp"\n        }\n    },\n    "a": 1\n}\n',
    ],
    [
      '{ "mcpServers": { "a": { "url": "x" } } }',
      '{ "mcpServers": { "notes": {"url":"http://localhost:3000/mcp"}, "a": { "url": "x" } } }',
    ],
    [
      '{\n  "mcpServers": {\n    // none yet\n  }\n}\n',
      '{\n  "mcpServers": {\n    "notes": {\n      "url": "http://localhost:3000/mcp"\n    }\n  \n    // none yet\n  }\n}\n',
    ],
  ])('lays the entry out as the file is: %j', async (before, after) => {
    const cwd = project({ '.cursor/mcp.json': before })
    await run(['connect', 'cursor', '--write'], { cwd })
    expect(get(cwd, '.cursor/mcp.json')).toBe(after)
  })

  it('keeps what is there in TOML, and stays out of the last table', async () => {
    const before = '# mine\nmodel = "x"\n\n[mcp_servers.other]\nurl = "https://o.example/mcp"'
    const cwd = project({ '.codex/config.toml': before })
    expect((await run(['connect', 'codex', '--write'], { cwd })).code).toBe(0)
    const after = get(cwd, '.codex/config.toml')
    expect(after.startsWith(before)).toBe(true)
    expect(parseToml(after)).toMatchObject({
      model: 'x',
      mcp_servers: { other: { url: 'https://o.example/mcp' }, notes: { url: LOCAL.resource } },
    })
  })

  it.each(['claude-code', 'codex'])('%s: changes nothing the second time', async (id) => {
    const cwd = project()
    await run(['connect', id, '--write'], { cwd })
    const again = await run(['connect', id, '--write'], { cwd })
    expect(again).toEqual({ code: 0, out: expect.stringContaining('already'), err: '' })
  })

  it.each([
    {
      id: 'claude-code',
      path: '.mcp.json',
      text: '{ "mcpServers": { "notes": { "url": "https://else.example/mcp" } } }',
      says: 'another server called "notes" at "https://else.example/mcp"',
    },
    {
      id: 'claude-code',
      path: '.mcp.json',
      text: '{ "mcpServers": { "notes": null } }',
      says: 'another server called "notes"',
    },
    {
      id: 'claude-code',
      path: '.mcp.json',
      text: '{\n  "mcpServers": {\n',
      says: 'is not valid JSON: CloseBraceExpected in line 3',
    },
    { id: 'claude-code', path: '.mcp.json', text: '[]', says: 'does not hold an object' },
    { id: 'claude-code', path: '.mcp.json', text: '"x"', says: 'does not hold an object' },
    {
      id: 'claude-code',
      path: '.mcp.json',
      text: '{ "mcpServers": [] }',
      says: 'something else than an object as "mcpServers"',
    },
    {
      id: 'vscode',
      path: '.vscode/mcp.json',
      text: '{ "servers": {}, "servers": {} }',
      says: 'has "servers" more than once',
    },
    {
      id: 'codex',
      path: '.codex/config.toml',
      text: '[mcp_servers.notes]\ncommand = "x"\n',
      says: 'another server called "notes"',
    },
    {
      id: 'codex',
      path: '.codex/config.toml',
      text: '[mcp_servers."notes"]\nurl = "https://else.example/mcp"\n',
      says: 'another server called "notes"',
    },
    {
      id: 'codex',
      path: '.codex/config.toml',
      text: 'mcp_servers = { other = { url = "x" } }\n',
      says: 'in a form that nothing can be added to',
    },
    { id: 'codex', path: '.codex/config.toml', text: 'model = \n', says: 'is not valid TOML: line 1' },
  ])('refuses $path with $text, untouched', async ({ id, path, text, says }) => {
    const cwd = project({ [path]: text })
    const outcome = await run(['connect', id, '--write'], { cwd })
    expect(outcome).toEqual({ code: 2, out: '', err: expect.stringContaining(says) })
    expect(outcome.err).toContain('It was not changed.')
    expect(get(cwd, path)).toBe(text)
    expect(filesIn(cwd)).toEqual([path, 'mcp/server.ts'].sort())
  })

  it('takes another name beside a server that has it', async () => {
    const cwd = project({ '.mcp.json': '{ "mcpServers": { "notes": { "url": "https://else.example/mcp" } } }' })
    expect((await run(['connect', 'claude-code', '--write', '--name', 'notes-dev'], { cwd })).code).toBe(0)
    expect(Object.keys(JSON.parse(get(cwd, '.mcp.json')).mcpServers)).toEqual(['notes-dev', 'notes'])
  })

  it('says so if a folder stands where the file would', async () => {
    const cwd = project()
    mkdirSync(join(cwd, '.mcp.json'))
    const { code, err } = await run(['connect', 'claude-code', '--write'], { cwd })
    expect({ code, err }).toEqual({ code: 2, err: '.mcp.json cannot be read: EISDIR\n' })
  })

  it('leaves nothing behind where the disk refuses, even to root', async () => {
    const cwd = project()
    symlinkSync(join(cwd, 'nowhere'), join(cwd, '.vscode'), 'junction')
    const outcome = await run(['connect', 'vscode', '--write'], { cwd })
    expect(outcome).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^\.vscode\/mcp\.json cannot be written: E\w+\n$/),
    })
    expect(readdirSync(cwd)).toEqual(['.vscode', 'mcp'])
  })
})
