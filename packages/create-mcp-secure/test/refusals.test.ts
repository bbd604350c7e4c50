import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bin, create } from './support/program.js'

let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'create-refusals-'))
})

afterAll(() => rm(place, { recursive: true, force: true }))

/** A directory to start in, with what somebody has in it. */
async function directory(files: Record<string, string> = {}): Promise<string> {
  const made = await mkdtemp(join(place, 'd-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(made, name), text)
  return made
}

describe('a command line that says what cannot be', () => {
  it.each([
    [['--tempalte', 'notes'], `There is no --tempalte. Did you mean '--template'?`],
    [['--nonsense'], 'There is no --nonsense.'],
    [['-x'], 'There is no -x.'],
    [['--template', 'nots'], `--template cannot be 'nots'. Did you mean 'notes'? There are minimal, notes, api.`],
    [['--template', '_oidc'], `--template cannot be '_oidc'.`],
    [['--template', 'toString'], `--template cannot be 'toString'.`],
    [['--auth', 'oicd'], `--auth cannot be 'oicd'. Did you mean 'oidc'?`],
    [['--package-manager', 'nmp'], `--package-manager cannot be 'nmp'. Did you mean 'npm'?`],
    [['--template'], '--template needs a value, such as --template notes.'],
    [['--template', '--yes'], '--template needs a value'],
    [['--name='], '--name needs a value'],
    [['--yes=no'], '--yes takes no value.'],
    [['one', 'two'], `One directory at a time: 'one' or 'two'?`],
    [[''], 'The directory has no name.'],
    [['--name', 'My App'], `name can only contain URL-friendly characters. Try 'my-app'.`],
    [['--name', 'HELLO'], `name can no longer contain capital letters. Try 'hello'.`],
    [['--name', '.hidden'], `name cannot start with a period. Try 'hidden'.`],
    [['--name', 'node_modules'], `Try 'node-modules'.`],
    [['--name', 'http'], `http is a core module name. Try 'http-server'.`],
    [['--name', '日本'], `Try 'my-mcp-server'.`],
    [['--name', 'x'.repeat(215)], 'name can no longer contain more than 214 characters'],
    [['Crème Brûlée'], `Try 'creme-brulee'. The directory may keep its name: add --name.`],
    [['--issuer', 'login.example.com'], `The issuer 'login.example.com' is not an https address`],
    [['--issuer', 'http://login.example.com'], 'is http, and not on this computer'],
    [['--issuer', 'https://me:secret@login.example.com'], 'holds a user name or a password'],
    [['--issuer', 'https://login.example.com/?a=b'], 'has a query or a fragment'],
    [['--issuer', `https://login.example.com/'`], 'has a character that no issuer has'],
    [['--auth', 'embedded', '--issuer', 'https://login.example.com'], '--issuer names an authorization server'],
  ])('%j is refused with a cure', async (args, words) => {
    const cwd = await directory()
    const { code, out, err } = await create(args, { cwd })
    expect(err).toContain(words)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect({ code, out, left: await readdir(cwd) }).toEqual({ code: 2, out: '', left: [] })
  })

  it('names a package manager that is not here', async () => {
    const cwd = await directory()
    const { code, err } = await create(['a', '--package-manager', 'bun'], { cwd, env: { PATH: cwd } })
    expect(err).toContain('There is no bun on this computer. Install it, or add --no-install.')
    expect({ code, left: await readdir(cwd) }).toEqual({ code: 2, left: [] })
  })
})

describe('a directory that a project cannot be written into', () => {
  it('is one that is not empty', async () => {
    const cwd = await directory()
    const files = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']
    await mkdir(join(cwd, 'full'))
    for (const name of files) await writeFile(join(cwd, 'full', name), 'mine')
    const { code, err } = await create(['full'], { cwd })
    expect(err).toBe(
      'full is not empty: it holds a.txt, b.txt, c.txt and 2 more. Name another directory, or empty this one.\n',
    )
    expect({ code, left: await readdir(join(cwd, 'full')) }).toEqual({ code: 1, left: files })
  })

  it('is this one, when it is not empty', async () => {
    const cwd = await directory({ '.env': 'mine' })
    const { code, err } = await create(['.', '--name', 'a'], { cwd })
    expect(err).toMatch(/^this directory is not empty: it holds \.env\./)
    expect({ code, left: await readdir(cwd) }).toEqual({ code: 1, left: ['.env'] })
  })

  it.each(['file', 'file/below'])('is %s, which is a file or lies in one', async (path) => {
    const cwd = await directory({ file: 'mine' })
    const { code, err } = await create([path, '--name', 'a'], { cwd })
    expect(err).toBe(`${join(path)} is a file, or lies in one. Name a directory.\n`)
    expect({ code, left: await readdir(cwd) }).toEqual({ code: 1, left: ['file'] })
  })

  it.skipIf(process.platform === 'win32')('is one in a directory that may not be written', async () => {
    const cwd = await directory()
    await chmod(place, 0o755)
    await chmod(cwd, 0o555)
    // Whoever runs these tests as root may write everywhere: the program does not run as root.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined
    const { code, err } = await create(['a'], { cwd, ...(uid !== undefined && { uid }) })
    await chmod(cwd, 0o755)
    expect(err).toBe('this directory cannot be written (EACCES). Name a directory where you may write.\n')
    expect({ code, left: await readdir(cwd) }).toEqual({ code: 1, left: [] })
  })
})

describe('a Node that is too old', () => {
  it.each(['20.18.3', '18.20.8', '6.17.1'])('is told so by %s, before anything newer is read', async (version) => {
    const cwd = await directory()
    const pretend = join(cwd, 'pretend.cjs')
    await writeFile(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' })`)
    const { code, out, err } = await create(['a'], { cwd, nodeArguments: ['--require', pretend] })
    expect(err).toBe(
      `create-mcp-secure needs Node 20.19 or newer, and this is ${version}. Install a newer one and try again: https://nodejs.org\n`,
    )
    expect({ code, out, left: await readdir(cwd) }).toEqual({ code: 1, out: '', left: ['pretend.cjs'] })
  })

  it('can read the file that tells it', async () => {
    const code = (await readFile(bin, 'utf8')).replaceAll(/\/\/.*|'[^'\n]*'/g, '')
    expect(code).not.toMatch(/\b(?:const|let|class|async|await|import)\b|=>|`|\.\.\.|\?\.|\?\?/)
  })
})
