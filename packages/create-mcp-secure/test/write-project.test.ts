import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExitCode, Problem } from '../src/problem.js'
import { writeProject } from '../src/write-project.js'
import { filesBelow } from './support/program.js'

const FILES = new Map([
  ['README.md', '# a\n'],
  ['mcp/server.ts', 'export default {}\n'],
  ['mcp/tools/a.ts', 'export default {}\n'],
])

let place: string
const never = new AbortController().signal

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'create-write-'))
})

afterAll(() => rm(place, { recursive: true, force: true }))

const parent = () => mkdtemp(join(place, 'd-'))

/** Files during whose reading something happens: `before` is called with the name of each. */
function files(before: (path: string) => void): ReadonlyMap<string, string> {
  return Object.assign(new Map(FILES), {
    *[Symbol.iterator]() {
      for (const [path, text] of FILES) {
        before(path)
        yield [path, text] as [string, string]
      }
    },
  })
}

describe('a project', () => {
  it('is written into a directory that there is not, below others that there are not', async () => {
    const cwd = await parent()
    const directory = join(cwd, 'x', 'y', 'project')
    await writeProject(FILES, { directory, exists: false, signal: never })
    expect(filesBelow(cwd)).toEqual([...FILES.keys()].map((path) => `x/y/project/${path}`))
    expect(await readFile(join(directory, 'README.md'), 'utf8')).toBe('# a\n')
  })

  it('is written beside a .git that is there, into the directory that somebody may be in', async () => {
    const directory = await parent()
    await mkdir(join(directory, '.git'))
    await writeFile(join(directory, '.git', 'HEAD'), 'mine')
    await writeProject(FILES, { directory, exists: true, signal: never })
    expect((await readdir(directory)).sort()).toEqual(['.git', 'README.md', 'mcp'])
    expect(await readFile(join(directory, '.git', 'HEAD'), 'utf8')).toBe('mine')
  })
})

describe.each([true, false])('when the directory exists: %s, nothing stays', (exists) => {
  async function leftAfter(project: ReadonlyMap<string, string>, signal: AbortSignal): Promise<[unknown, string[]]> {
    const cwd = await parent()
    const directory = exists ? join(cwd, 'there') : join(cwd, 'not', 'there')
    if (exists) await mkdir(directory)
    const error = await writeProject(project, { directory, exists, signal }).catch((reason: unknown) => reason)
    return [error, await readdir(cwd, { recursive: true })]
  }

  it('of one that was interrupted half-way', async () => {
    const interrupt = new AbortController()
    const [error, left] = await leftAfter(
      files((path) => {
        if (path === 'mcp/tools/a.ts') interrupt.abort()
      }),
      interrupt.signal,
    )
    expect(error).toMatchObject({ message: 'Stopped; nothing was written.', exitCode: ExitCode.interrupted })
    expect(left).toEqual(exists ? ['there'] : [])
  })

  it('of one that the disk does not take', async () => {
    const [error, left] = await leftAfter(new Map([...FILES, ['x'.repeat(300), '']]), never)
    expect(error).toBeInstanceOf(Problem)
    expect(String(error)).toMatch(/could not be written: its path is too long,.*Nothing was left\./)
    expect(left).toEqual(exists ? ['there'] : [])
  })

  it('of one that met a bug of this program, which is not made a problem of the user', async () => {
    const [error, left] = await leftAfter(
      files(() => {
        throw new TypeError('a bug')
      }),
      never,
    )
    expect(error).toBeInstanceOf(TypeError)
    expect(left).toEqual(exists ? ['there'] : [])
  })
})
