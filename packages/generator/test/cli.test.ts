import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../dist/cli/main.js'
import { codes } from '../dist/diagnostics/explain.js'
import { get, SERVER, temporaryProject, testDirectory, tool } from './support/project.js'

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(argv: readonly string[], { tty = false, env = {}, cwd = testDirectory } = {}): Promise<Outcome> {
  const texts = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    isTTY: tty,
    write(text: string) {
      texts[name] += text
    },
  })
  const io = { cwd, env, out: stream('out'), err: stream('err'), interrupted: () => AbortSignal.abort() }
  const code = await main(argv, io)
  return { code, ...texts }
}

const good = () => temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/a.ts': tool(`scopes: ['notes:read'],`) })
const bad = () => temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/a.ts': tool(`scopes: ['notes:raed'],`) })

describe('misuse ends with 2 and says what to do', () => {
  it.each([
    { argv: [], says: 'Say what to do' },
    { argv: ['biuld'], says: 'Did you mean build?' },
    { argv: ['build', '--nope'], says: 'nope' },
    { argv: ['build', '--fromat=json'], says: `Unknown argument: fromat. Did you mean '--format'?` },
    { argv: ['build', 'extra'], says: 'extra' },
    { argv: ['build', '--format', 'xml'], says: 'xml' },
    { argv: ['build', '--project'], says: 'project' },
    { argv: ['explain'], says: 'Say which diagnostic.\n\nThere are:\n  access-conflict' },
    { argv: ['explain', 'unknown-scop'], says: `Did you mean 'unknown-scope'?` },
    { argv: ['explain', 'toString'], says: `There is no diagnostic 'toString'` },
  ])('$argv', async ({ argv, says }) => {
    const { code, out, err } = await run(argv)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(says)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('a mistyped diagnostic is answered by the one that was meant, and not by all of them', async () => {
    expect((await run(['explain', 'unknown-scop'])).err).toBe(
      "There is no diagnostic 'unknown-scop'. Did you mean 'unknown-scope'?\n",
    )
  })
})

it.each(['--help', '-h'])('%s shows the commands with examples', async (option) => {
  const { code, out } = await run([option])
  expect(code).toBe(0)
  expect(out).toContain('mcp-gen build --project examples/notes --watch')
})

it('--version prints the version of the package', async () => {
  const { version } = JSON.parse(get(join(testDirectory, '..'), 'package.json')) as { version: string }
  expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

it.each(codes)('explain %s says the cause and the fix', async (code) => {
  const outcome = await run(['explain', code])
  expect(outcome.code).toBe(0)
  expect(outcome.out).toMatch(/## Cause[\s\S]+## Fix/)
})

describe.concurrent('build', () => {
  it('says what it wrote and ends with 0', async () => {
    const { code, out, err } = await run(['build', '--project', good()])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('wrote   generated/policy.gen.ts\n')
    expect(out).toMatch(/^7 of 7 files changed in \d+ ms$/m)
  })

  it('says one line when there was nothing to do', async () => {
    const project = good()
    await run(['build', '--project', project])
    const { code, out } = await run(['build', '--project', project])
    expect(code).toBe(0)
    expect(out).toMatch(/^7 files checked, nothing to change, in \d+ ms\n$/)
  })

  it('builds the current folder by default', async () => {
    expect((await run(['build'], { cwd: good() })).code).toBe(0)
  })

  it('prints place, code, frame and fix to stderr and ends with 1', async () => {
    const { code, out, err } = await run(['build', '--project', bad()])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toBe(
      [
        `mcp/tools/a.ts:7:12 - error unknown-scope: tool 'a' needs scope 'notes:raed', which the server does not declare. Did you mean 'notes:read'?`,
        '',
        `    6 |   run: () => 'done',`,
        `  > 7 |   scopes: ['notes:raed'],`,
        `      |            ^^^^^^^^^^^^`,
        `    8 | })`,
        '',
        `  mcp/server.ts:8:5 - 'notes:read' is declared here`,
        `    > 8 |     'notes:read': { description: 'Read your notes', baseline: true },`,
        `        |     ^^^^^^^^^^^^`,
        '',
        '  fix: Correct the name, or declare the scope in `scopes` of mcp/server.ts.',
        '',
        '1 error: nothing was written',
        '',
      ].join('\n'),
    )
  })

  it('prints the same findings as JSON, one line on stdout', async () => {
    const { code, out, err } = await run(['build', '--project', bad(), '--format', 'json'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.split('\n')).toHaveLength(2)
    expect(JSON.parse(out)).toEqual({
      diagnostics: [
        {
          code: 'unknown-scope',
          severity: 'error',
          message: `tool 'a' needs scope 'notes:raed', which the server does not declare. Did you mean 'notes:read'?`,
          fix: 'Correct the name, or declare the scope in `scopes` of mcp/server.ts.',
          place: { file: 'mcp/tools/a.ts', line: 7, column: 12, length: 12 },
          related: [
            {
              message: "'notes:read' is declared here",
              place: { file: 'mcp/server.ts', line: 8, column: 5, length: 12 },
            },
          ],
        },
      ],
      files: [],
      access: null,
    })
  })

  it.each([
    { tty: true, env: {}, colored: true },
    { tty: true, env: { NO_COLOR: '' }, colored: true },
    { tty: true, env: { NO_COLOR: '1' }, colored: false },
    { tty: true, env: { TERM: 'dumb' }, colored: false },
    { tty: false, env: {}, colored: false },
  ])('colours on a terminal alone, and never with NO_COLOR: %j', async ({ tty, env, colored }) => {
    const { err } = await run(['build', '--project', bad()], { tty, env })
    expect(err.includes('\u001b[')).toBe(colored)
  })

  it('keeps what tools print out of its own output', async () => {
    const project = temporaryProject({
      'mcp/server.ts': SERVER,
      'mcp/tools/a.ts': tool(`scopes: ['notes:read'],`, `console.log('NOISE')\nprocess.stdout.write('NOISE')\n`),
    })
    const bin = join(testDirectory, '..', 'bin', 'mcp-gen.js')
    const { status, stdout } = spawnSync(process.execPath, [bin, 'build', '--project', project, '--format', 'json'], {
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [] })
  })
})
