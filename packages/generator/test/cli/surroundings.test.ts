import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type Command, nameOf } from '../../dist/cli/command.js'
import { COMMANDS } from '../../dist/cli/main.js'
import { withProgress } from '../../dist/cli/progress.js'
import { CLIENTS } from '../../dist/connect/clients.js'
import { codes } from '../../dist/diagnostics/explain.js'
import { SERVER, temporaryProject, testDirectory, tool } from '../support/project.js'
import { run } from '../support/run.js'

const BIN = join(testDirectory, '..', 'bin', 'mcp-gen.js')
const bin = (argv: readonly string[], cwd: string, before: readonly string[] = []) =>
  spawnSync(process.execPath, [...before, BIN, ...argv], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '' },
  })

const good = () => temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/a.ts': tool(`scopes: ['notes:read'],`) })
const bad = () => temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/a.ts': tool(`scopes: ['notes:raed'],`) })
const warned = () =>
  temporaryProject({
    'mcp/server.ts': SERVER.replace(', baseline: true', ''),
    'mcp/tools/a.ts': tool(`scopes: ['notes:read'],`),
  })

/** Every command under the words that call it: `access`, `access accept`. */
const all = (
  commands: readonly Command[],
  before = '',
): readonly { readonly command: Command; readonly name: string }[] =>
  commands.flatMap((command) => {
    const name = `${before}${nameOf(command)}`
    return [{ command, name }, ...all(command.commands ?? [], `${name} `)]
  })

it('does what was asked for when nobody reads to the end', async () => {
  const cwd = bad()
  const child = spawn(process.execPath, [BIN, 'build', '--format', 'github'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('1 error: nothing was written\n') })
  expect(err).not.toContain('EPIPE')
})

describe.each(all(COMMANDS))('$name --help', ({ command, name }) => {
  it('says what it does, describes every option and shows examples', async () => {
    const { code, out, err } = await run([...name.split(' '), '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(command.description)
    for (const option of Object.keys(command.options ?? {})) expect(out).toMatch(new RegExp(`--${option} +\\S`))
    expect(command.examples.length).toBeGreaterThan(0)
    for (const { command: example, text } of command.examples)
      expect(out).toMatch(new RegExp(`mcp-gen ${example} +${text}`))
  })

  it('has examples that are command lines of its own', () => {
    for (const { command: example } of command.examples) {
      expect(`${example} `.startsWith(`${name} `)).toBe(true)
      for (const word of example.split(' ').filter((one) => one.startsWith('--')))
        expect(Object.keys(command.options ?? {})).toContain(word.slice(2))
    }
  })
})

describe('misuse', () => {
  it.each([
    { argv: ['add'], says: 'Something is missing: mcp-gen add <kind> <name>\n\n`mcp-gen add --help` says more.\n' },
    { argv: ['add', 'tool'], says: 'Something is missing: mcp-gen add <kind> <name>' },
    { argv: ['add', 'toll', 'x'], says: `Did you mean 'tool'?` },
    { argv: ['conect'], says: 'Did you mean connect?' },
    { argv: ['acces'], says: 'Did you mean access?' },
    { argv: ['build', '--watchh'], says: `Did you mean '--watch'?` },
    { argv: ['build', '--zzzzzzzz'], says: 'Unknown argument: zzzzzzzz\n\n`mcp-gen build --help` says more.\n' },
    { argv: ['connect', '--ur=x'], says: 'Unknown argument: ur\n' },
    { argv: ['nothing-like-it'], says: '`mcp-gen --help` says more.\n' },
    { argv: ['access', 'diff'], says: '`mcp-gen access diff --help` says more.\n' },
  ])('$argv is answered with what to do', async ({ argv, says }) => {
    expect(await run(argv)).toEqual({ code: 2, out: '', err: expect.stringContaining(says) })
  })
})

describe('--json and --quiet', () => {
  it('build --json is build --format json', async () => {
    const cwd = bad()
    const outcome = await run(['build', '--json'], { cwd })
    expect(outcome).toEqual(await run(['build', '--format', 'json'], { cwd }))
    expect(outcome.code).toBe(1)
    expect(JSON.parse(outcome.out)).toMatchObject({ diagnostics: [{ code: 'unknown-scope' }] })
  })

  it('build --quiet says nothing when all is well, and nothing of warnings', async () => {
    expect(await run(['build', '--quiet'], { cwd: good() })).toEqual({ code: 0, out: '', err: '' })
    const loud = await run(['build'], { cwd: warned() })
    expect({ code: loud.code, err: loud.err }).toEqual({
      code: 0,
      err: expect.stringContaining('warning baseline-missing'),
    })
    expect(await run(['build', '--quiet'], { cwd: warned() })).toEqual({ code: 0, out: '', err: '' })
  })

  it('build --quiet still says what is wrong, in the form that editors read', async () => {
    const { code, out, err } = await run(['build', '--quiet'], { cwd: bad() })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^mcp\/tools\/a\.ts:7:12 - error unknown-scope: /)
    expect(err).toMatch(/\n1 error: nothing was written\n$/)
  })
})

describe('colour', () => {
  it.each([
    { tty: false, env: { FORCE_COLOR: '1' }, colored: true },
    { tty: false, env: { FORCE_COLOR: '0' }, colored: false },
    { tty: true, env: { FORCE_COLOR: '0' }, colored: false },
    { tty: false, env: { FORCE_COLOR: '' }, colored: false },
    { tty: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, colored: false },
  ])('%j', async ({ tty, env, colored }) => {
    const { err } = await run(['build'], { cwd: bad(), tty, env })
    expect(err.includes('\u001b[')).toBe(colored)
  })
})

describe('progress', () => {
  const watched = (isTTY: boolean, env: Record<string, string> = {}) => {
    const written: string[] = []
    const stream = { isTTY, write: (text: string) => written.push(text) }
    const io = { cwd: '.', env, out: stream, err: stream, interrupted: () => AbortSignal.abort() }
    return { io, written }
  }
  /** Resolves when the first frame was drawn: the work takes as long as that. */
  const untilDrawn = (written: readonly string[]) => async () => {
    while (written.length === 0) await new Promise((resolve) => setImmediate(resolve))
    return 'done'
  }

  it('shows a line while a person waits, and takes it away', async () => {
    const { io, written } = watched(true)
    expect(await withProgress('building', io, untilDrawn(written))).toBe('done')
    expect(written[0]).toMatch(/^\r\S building$/)
    expect(written.at(-1)).toMatch(/^\r {10}\r$/)
  })

  it('takes it away when the work fails, too', async () => {
    const { io, written } = watched(true)
    const failing = () => untilDrawn(written)().then(() => Promise.reject(new Error('broken')))
    await expect(withProgress('building', io, failing)).rejects.toThrow('broken')
    expect(written.at(-1)).toMatch(/^\r +\r$/)
  })

  it.each([
    { tty: false, env: {} },
    { tty: true, env: { TERM: 'dumb' } },
  ])('shows nothing where nobody waits: %j', async ({ tty, env }) => {
    const { io, written } = watched(tty, env)
    expect(await withProgress('building', io, async () => 'done')).toBe('done')
    expect(written).toEqual([])
  })

  it('shows nothing of what takes no time', async () => {
    const { io, written } = watched(true)
    await withProgress('building', io, async () => 'done')
    expect(written).toEqual([])
  })
})

describe('completion', () => {
  const complete = async (words: readonly string[], env: Record<string, string> = {}, cwd = testDirectory) => {
    const { code, out, err } = await run(['--get-yargs-completions', 'mcp-gen', ...words], { env, cwd })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return out.split('\n').slice(0, -1)
  }

  it.each([
    { words: [''], values: [...COMMANDS.map(nameOf), 'completion'] },
    { words: ['co'], values: ['connect', 'completion'] },
    { words: ['connect', ''], values: CLIENTS.map(({ id }) => id) },
    { words: ['connect', 'claude-'], values: ['claude-code', 'claude-desktop', 'claude-ai'] },
    { words: ['connect', '--url', 'https://x', 'cur'], values: ['cursor'] },
    { words: ['connect', '--url', ''], values: [] },
    { words: ['connect', 'cursor', '--wr'], values: ['--write'] },
    { words: ['explain', 'unknown-'], values: codes.filter((code) => code.startsWith('unknown-')) },
    { words: ['add', ''], values: ['tool', 'resource', 'prompt'] },
    { words: ['add', 'tool', 'x', '--access', ''], values: ['authenticated', 'public'] },
    { words: ['add', '--access', 'public', 'to'], values: ['tool'] },
    { words: ['build', '--format', ''], values: ['pretty', 'json', 'github'] },
    { words: ['doctor', '--format', ''], values: ['text', 'json'] },
    { words: ['build', '--watch', '--w'], values: [] },
    { words: ['nonsense', ''], values: [] },
    { words: ['nonsense', 'x', '--y'], values: [] },
  ])('$words', async ({ words, values }) => {
    const got = await complete(words)
    if (words[0] === 'nonsense') return expect(got.filter((value) => value.startsWith('-'))).toEqual([])
    expect(got).toEqual(values)
  })

  it('the scopes that the server declares, also the second of a list', async () => {
    const cwd = good()
    expect(await complete(['add', 'tool', 'x', '--scopes', ''], {}, cwd)).toEqual(['notes:read', 'notes:write'])
    expect(await complete(['add', 'tool', 'x', '--scopes', 'notes:read,notes:w'], {}, cwd)).toEqual([
      'notes:read,notes:write',
    ])
  })

  it('no scopes, and no word of complaint, where there is no project', async () => {
    expect(await complete(['add', 'tool', 'x', '--scopes', ''], {}, temporaryProject())).toEqual([])
  })

  it('with descriptions where the shell shows them', async () => {
    expect(await complete(['bui'], { SHELL: '/bin/zsh' })).toEqual(['build:check mcp/ and write generated/'])
    expect(await complete(['bui'], { SHELL: '/usr/bin/fish' })).toEqual(['build\tcheck mcp/ and write generated/'])
    expect(await complete(['add', 'tool', 'x', '--scopes', 'notes:r'], { SHELL: '/bin/zsh' }, good())).toEqual([
      'notes\\:read',
    ])
  })

  it('the script that a shell loads asks with the word that is answered', async () => {
    const { code, out } = await run(['completion'])
    expect(code).toBe(0)
    expect(out).toContain('mcp-gen --get-yargs-completions')
  })
})

describe('the program itself', () => {
  const version = (text: string) => {
    const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${text}' } })`
    return ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
  }

  it.each(['10.24.1', '18.20.8', '20.18.3'])('Node %s is told that it is too old, in one line', (old) => {
    const { status, stdout, stderr } = bin(['--help'], testDirectory, version(old))
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      `mcp-gen needs Node 20.19 or newer, and this is Node ${old}. Install a newer one: https://nodejs.org\n`,
    )
  })

  it.each(['20.19.0', '22.0.0', '100.1.0'])('Node %s is not', (recent) => {
    expect(bin(['--version'], testDirectory, version(recent)).status).toBe(0)
  })

  it('is a file that old ones parse as well: a script, without what came after import()', () => {
    const text = readFileSync(BIN, 'utf8')
      .replace(/^#!.*/, '')
      .replace(/^\s*\/\/.*$/gm, '')
    expect(() => new Script(text)).not.toThrow()
    expect(text).not.toMatch(/\b(?:await|async|catch \{)|\?\.|\?\?|\|\|=|\.\.\.|\bfinally\b|#\w/)
  })

  it('ends with 0, 1 and 2 as the commands do', () => {
    expect(bin(['build'], good()).status).toBe(0)
    expect(bin(['build'], bad()).status).toBe(1)
    expect(bin(['bulid'], testDirectory).status).toBe(2)
  })

  it('asks nothing without a terminal', () => {
    const { status, stdout, stderr } = bin(['add', 'tool', 'x'], good())
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Say who may use it')
  })

  it('shows its help without loading the compiler, the questions or the schemas', () => {
    const hook = `import { writeSync } from 'node:fs'
      export async function load(url, context, next) {
        writeSync(2, url + '\\n')
        return next(url, context)
      }`
    const register = `import { register } from 'node:module'
      register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)})`
    const { stdout, stderr } = bin(['--help'], testDirectory, [
      '--import',
      `data:text/javascript,${encodeURIComponent(register)}`,
    ])
    expect(stdout).toContain('mcp-gen build')
    expect(stderr).toContain('/yargs/')
    expect(stderr).not.toMatch(/ts-morph|@clack|handlebars|jiti|smol-toml|jsonc-parser|uqr|\/zod\//)
  })
})
