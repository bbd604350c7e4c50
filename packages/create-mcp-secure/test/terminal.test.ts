import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathWith } from './support/program.js'
import { hasTerminal, KEY, typeInto } from './support/terminal.js'

if (!hasTerminal) console.warn('skipped: the questions of create-mcp-secure, because there is no script of util-linux')

let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'create-terminal-'))
})

afterAll(() => rm(place, { recursive: true, force: true }))

const directory = () => mkdtemp(join(place, 'd-'))

const quick = ['--no-install', '--no-git']

describe.skipIf(!hasTerminal)('in a terminal', () => {
  it('asks for a name, a starter and an authorization server, each with a default', async () => {
    const cwd = await directory()
    const { code, screen } = await typeInto(
      quick,
      [
        ['What is it called?', KEY.enter],
        ['What does it start as?', KEY.enter],
        ['Which authorization server', KEY.enter],
      ],
      { cwd },
    )
    expect(screen).toContain('Wrote 22 files to my-mcp-server: minimal, the embedded authorization server.')
    expect({ code, made: await readdir(cwd) }).toEqual({ code: 0, made: ['my-mcp-server'] })
  })

  it('asks for the issuer, of an authorization server that somebody has', async () => {
    const cwd = await directory()
    const { code } = await typeInto(
      quick,
      [
        ['What is it called?', `mine${KEY.enter}`],
        ['What does it start as?', `${KEY.down}${KEY.enter}`],
        ['Which authorization server', `${KEY.down}${KEY.enter}`],
        ['What is its issuer', `https://login.example.com${KEY.enter}`],
      ],
      { cwd },
    )
    expect(code).toBe(0)
    expect(await readFile(join(cwd, 'mine', 'mcp', 'server.ts'), 'utf8')).toContain('https://login.example.com')
    expect(await readdir(join(cwd, 'mine', 'store'))).not.toEqual([])
  })

  it('asks only for what the command line leaves open', async () => {
    const cwd = await directory()
    const { code, screen } = await typeInto(
      ['mine', '--auth', 'embedded', ...quick],
      [['What does it start as?', KEY.enter]],
      { cwd },
    )
    expect(screen).not.toMatch(/What is it called|Which authorization server/)
    expect(code).toBe(0)
  })

  it('asks nothing with --yes', async () => {
    const { code, screen } = await typeInto(['--yes', ...quick], [], { cwd: await directory() })
    expect({ code, asked: screen.includes('?') }).toEqual({ code: 0, asked: false })
  })

  it('asks again for a name that npm refuses, and for one whose directory is taken', async () => {
    const cwd = await directory()
    await mkdir(join(cwd, 'taken'))
    await writeFile(join(cwd, 'taken', 'file'), 'mine')
    const { code, screen } = await typeInto(
      ['--template', 'minimal', '--auth', 'embedded', ...quick],
      [
        ['What is it called?', `Taken${KEY.enter}`],
        [`Try 'taken'`, `\u0015taken${KEY.enter}`],
        ['taken is not empty: it holds file.', ''],
        ['What is it called?', `free${KEY.enter}`],
      ],
      { cwd },
    )
    expect(screen).toContain('name can no longer contain capital letters')
    expect({ code, made: (await readdir(cwd)).sort() }).toEqual({ code: 0, made: ['free', 'taken'] })
  })

  it.each(['What is it called?', 'What does it start as?', 'Which authorization server'])(
    'writes nothing after Ctrl+C at: %s',
    async (last) => {
      const cwd = await directory()
      const questions = ['What is it called?', 'What does it start as?', 'Which authorization server']
      const steps = questions.map((words) => [words, words === last ? KEY.controlC : KEY.enter] as const)
      const { code, screen } = await typeInto(quick, steps, { cwd })
      expect(screen).toContain('Stopped; nothing was written.')
      expect({ code, made: await readdir(cwd) }).toEqual({ code: 130, made: [] })
    },
  )

  it('ends the installation with Ctrl+C, and leaves a project and how to go on', async () => {
    const cwd = await directory()
    const hangs = `require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)`
    const { code, screen } = await typeInto(
      ['mine', '--yes', '--no-git'],
      [['Installing the packages with npm (1 s)', KEY.controlC]],
      { cwd, env: { PATH: pathWith(await directory(), 'npm', hangs), npm_execpath: '', npm_config_user_agent: '' } },
    )
    expect(screen).toContain('Stopped. mine is complete but for its packages: npm install, then npm run dev.')
    expect({ code, made: await readdir(join(cwd, 'mine')) }).toMatchObject({
      code: 130,
      made: expect.arrayContaining(['package.json']),
    })
    const pid = Number(await readFile(join(cwd, 'mine', 'pid'), 'utf8'))
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('is in colour, and in none with NO_COLOR', async () => {
    const coloured = await typeInto(['--yes', ...quick], [], { cwd: await directory() })
    const plain = await typeInto(['--yes', ...quick], [], { cwd: await directory(), env: { NO_COLOR: '1' } })
    expect(coloured.raw).toContain('\u001b[32m')
    expect(plain.raw).not.toContain('\u001b[32m')
  })
})
