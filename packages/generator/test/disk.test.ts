import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { describe, expect, it } from 'vitest'
import { type BuilderOptions, type BuildResult, build, createBuilder } from '../dist/build.js'
import { inspect } from '../dist/inspect.js'
import { unreadable } from '../dist/load/unreadable.js'
import { firstLine } from '../dist/model/first-line.js'
import { readServer } from '../dist/read-server.js'
import { type Disk, realDisk } from '../dist/write/disk.js'
import { lockOf } from '../dist/write/exclusively.js'
import type { WritePlan } from '../dist/write/plan.js'
import { write } from '../dist/write/write.js'
import { filesIn, get, put, SERVER, temporaryProject, testDirectory, tool } from './support/project.js'

const READ = tool(`scopes: ['notes:read'],`)
const WRITE = tool(`scopes: ['notes:write'],`)

const project = (files = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/always.ts': READ, 'mcp/tools/notes.ts': READ, ...files })
const output = (directory: string) =>
  Object.fromEntries(filesIn(join(directory, 'generated')).map((path) => [path, get(directory, `generated/${path}`)]))
const findings = ({ diagnostics }: BuildResult) => diagnostics.map(({ code, place }) => `${place.file} ${code}`)

function buildWith(directory: string, options: Partial<BuilderOptions>): Promise<BuildResult> {
  const builder = createBuilder({ project: directory }, { keepsSpare: false, recordsAccess: false, ...options })
  return builder.build().finally(() => builder.close())
}

/** The real disk, which refuses one kind of call from the n-th on, or the n-th alone. */
function failing(call: keyof Disk, from: number, { once = false, code = 'ENOSPC' } = {}): Disk {
  let calls = 0
  const refuse = (): void => {
    const refused = calls++ === from || (calls > from && !once)
    if (refused) throw Object.assign(new Error(`${code}: no space left`), { code, syscall: 'write' })
  }
  const wrapped = (...args: never[]) => {
    refuse()
    return (realDisk[call] as (...given: never[]) => unknown)(...args)
  }
  return { ...realDisk, [call]: wrapped }
}

describe('a disk that is full, or read-only, leaves the last good output as it was', () => {
  const steps: WritePlan = [
    { action: 'write', path: 'generated/ACCESS.md', text: 'new page' },
    { action: 'remove', path: 'generated/authorization-server.gen.ts' },
    { action: 'write', path: 'generated/policy.gen.ts', text: 'new policy' },
    { action: 'unchanged', path: 'generated/schemas.gen.ts' },
    { action: 'write', path: 'generated/tools.gen.ts', text: 'new tools' },
  ]
  const before = {
    'ACCESS.md': 'old page',
    'authorization-server.gen.ts': 'old program',
    'policy.gen.ts': 'old policy',
    'schemas.gen.ts': 'old schemas',
  }
  const after = {
    'ACCESS.md': 'new page',
    'policy.gen.ts': 'new policy',
    'schemas.gen.ts': 'old schemas',
    'tools.gen.ts': 'new tools',
  }

  it.each([
    ['writeFile', 0, 'ACCESS.md'],
    ['writeFile', 1, 'policy.gen.ts'],
    ['writeFile', 2, 'tools.gen.ts'],
    ['keep', 0, 'ACCESS.md'],
    ['keep', 2, 'policy.gen.ts'],
    ['rename', 0, 'ACCESS.md'],
    ['rename', 1, 'policy.gen.ts'],
    ['rename', 2, 'tools.gen.ts'],
    ['remove', 0, 'authorization-server.gen.ts'],
  ] as const)('at call %s number %i', (call, number, file) => {
    const directory = temporaryProject(
      Object.fromEntries(Object.entries(before).map(([name, text]) => [`generated/${name}`, text])),
    )
    const failure = write(directory, steps, failing(call, number, { once: true }))
    expect(failure).toEqual({ path: `generated/${file}`, problem: 'ENOSPC' })
    expect(output(directory)).toEqual(before)
    // Nothing is in the way of the next one.
    expect(write(directory, steps)).toBeNull()
    expect(output(directory)).toEqual(after)
  })

  it('is a finding with the file, and nothing was built', async () => {
    const directory = project()
    await build({ project: directory })
    const last = output(directory)
    put(directory, 'mcp/tools/notes.ts', WRITE)
    const result = await buildWith(directory, { disk: failing('rename', 1, { once: true }) })
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'generated/policy.gen.ts cannot be written: ENOSPC',
    ])
    expect([result.files, result.model]).toEqual([[], null])
    expect(output(directory)).toEqual(last)
  })

  it('also when there was none', async () => {
    const directory = project()
    const result = await buildWith(directory, { disk: failing('writeFile', 3) })
    expect(findings(result)).toEqual(['generated/register.gen.ts write-failed'])
    expect(readdirSync(directory).sort()).toEqual(['mcp'])
  })

  it('and an error that no system call gave is no finding, but a bug', async () => {
    const disk: Disk = {
      ...realDisk,
      writeFile: () => {
        throw new TypeError('a mistake')
      },
    }
    await expect(buildWith(project(), { disk })).rejects.toThrow('a mistake')
  })
})

describe('an output folder that is a link', () => {
  const linked = (directory: string, target: string) => symlinkSync(target, join(directory, 'generated'), 'junction')

  it('out of the project is refused, and what it leads to is left alone', async () => {
    const [directory, elsewhere] = [project(), temporaryProject({ 'policy.gen.ts': firstLine('policy.gen.ts') })]
    linked(directory, elsewhere)
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ message }) => message)).toEqual(['generated is a link that leads out of the project'])
    expect(filesIn(elsewhere)).toEqual(['policy.gen.ts'])
    expect(get(elsewhere, 'policy.gen.ts')).toBe(firstLine('policy.gen.ts'))
  })

  it('to the spec is refused, and the spec is left alone', async () => {
    const directory = project()
    linked(directory, join(directory, 'mcp'))
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ message }) => message)).toEqual(['generated is a link that leads to mcp'])
    expect(filesIn(join(directory, 'mcp'))).toEqual(['server.ts', 'tools/always.ts', 'tools/notes.ts'])
  })

  it.each(['nowhere', 'generated'])('to %s is refused', async (target) => {
    const directory = project()
    linked(directory, join(directory, target))
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ message }) => message)).toEqual(['generated is a link that leads nowhere'])
    expect(readdirSync(directory).sort()).toEqual(['generated', 'mcp'])
  })

  it('is no matter when the project itself is reached through one', async () => {
    const [directory, parent] = [project(), temporaryProject()]
    symlinkSync(directory, join(parent, 'link'), 'junction')
    expect(findings(await build({ project: join(parent, 'link') }))).toEqual([])
    expect(Object.keys(output(directory))).toContain('policy.gen.ts')
  })
})

describe('what mcp-gen did not write', () => {
  it('is refused and left alone: a folder in the place of a file', async () => {
    const directory = project({ 'generated/policy.gen.ts/mine.txt': 'mine' })
    expect(findings(await build({ project: directory }))).toEqual(['generated/policy.gen.ts foreign-file'])
    expect(output(directory)).toEqual({ 'policy.gen.ts/mine.txt': 'mine' })
  })

  it.skipIf(process.platform === 'win32')('is refused and left alone: a link to a file of ours', async () => {
    const directory = project()
    const elsewhere = join(temporaryProject({ 'file.ts': `${firstLine('policy.gen.ts')}\n` }), 'file.ts')
    mkdirSync(join(directory, 'generated'))
    symlinkSync(elsewhere, join(directory, 'generated', 'policy.gen.ts'))
    expect(findings(await build({ project: directory }))).toEqual(['generated/policy.gen.ts foreign-file'])
    expect(readFileSync(elsewhere, 'utf8')).toBe(`${firstLine('policy.gen.ts')}\n`)
  })

  it('is refused also when it comes while the build runs', async () => {
    const directory = project()
    await build({ project: directory })
    put(directory, 'mcp/tools/notes.ts', WRITE)
    const folder = join(directory, 'generated')
    const release = await lock(folder, { lockfilePath: lockOf(folder), realpath: false })
    const building = build({ project: directory })
    put(directory, 'generated/policy.gen.ts', 'mine')
    await release()
    expect(findings(await building)).toEqual(['generated/policy.gen.ts foreign-file'])
    expect(get(directory, 'generated/policy.gen.ts')).toBe('mine')
  })
})

describe('two builds at once', () => {
  it('both end, and the output is that of one of them, whole', async () => {
    const directory = project()
    const [one, other] = [project(), project({ 'mcp/tools/notes.ts': WRITE })]
    await Promise.all([build({ project: one }), build({ project: other })])
    const texts = [output(one), output(other)]
    const results = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => {
        put(directory, 'mcp/tools/notes.ts', index % 2 === 0 ? READ : WRITE)
        return build({ project: directory })
      }),
    )
    expect(results.flatMap(findings)).toEqual([])
    expect(texts).toContainEqual(output(directory))
  })

  it('what one wrote while the other compared is compared again', async () => {
    const directory = project()
    await build({ project: directory })
    const first = output(directory)
    put(directory, 'mcp/tools/notes.ts', WRITE)
    const folder = join(directory, 'generated')
    const release = await lock(folder, { lockfilePath: lockOf(folder), realpath: false })
    const building = build({ project: directory })
    // Another build changes a file that this one found to be right already.
    put(directory, 'generated/tools.gen.ts', `${firstLine('tools.gen.ts')}\nof another spec\n`)
    await release()
    const { files } = await building
    expect(files.filter(({ action }) => action === 'write').map(({ path }) => path)).toEqual([
      'generated/ACCESS.md',
      'generated/policy.gen.ts',
      'generated/tools.gen.ts',
    ])
    expect(get(directory, 'generated/tools.gen.ts')).toBe(first['tools.gen.ts'])
  })

  it('one that does not end is told of, and nothing is written', async () => {
    const directory = project()
    await build({ project: directory })
    const before = output(directory)
    put(directory, 'mcp/tools/notes.ts', WRITE)
    const folder = join(directory, 'generated')
    const release = await lock(folder, { lockfilePath: lockOf(folder), realpath: false })
    const result = await buildWith(directory, { patience: { attempts: 1, pause: 1 } })
    await release()
    expect(findings(result)).toEqual(['generated output-busy'])
    expect(output(directory)).toEqual(before)
  })

  it('the lock of a build that was killed is taken over, and what it left is removed', async () => {
    const directory = project()
    await build({ project: directory })
    const folder = join(directory, 'generated')
    mkdirSync(lockOf(folder))
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(lockOf(folder), longAgo, longAgo)
    const before = Object.keys(output(directory))
    for (const name of ['.policy.gen.ts.1.tmp', '.ACCESS.md.99999.old.tmp']) writeFileSync(join(folder, name), 'half')
    writeFileSync(join(folder, '.mine.tmp'), 'mine')
    put(directory, 'mcp/tools/notes.ts', WRITE)
    expect(findings(await build({ project: directory }))).toEqual([])
    expect(Object.keys(output(directory))).toEqual(['.mine.tmp', ...before])
    expect(readdirSync(folder)).not.toContain('.mcp-gen.lock')
  })

  it('a build that has nothing to write waits for nobody', async () => {
    const directory = project()
    await build({ project: directory })
    const folder = join(directory, 'generated')
    const release = await lock(folder, { lockfilePath: lockOf(folder), realpath: false })
    const result = await buildWith(directory, { patience: { attempts: 0, pause: 1 } })
    await release()
    expect(findings(result)).toEqual([])
  })
})

describe('a file that may not be read', () => {
  const directory = join(testDirectory, 'no-such-project')
  const refused = (path: string, code: string) =>
    unreadable(directory, Object.assign(new Error(code), { code, syscall: 'open', path }))

  it('is a finding that names it and what the system says', () => {
    expect(refused(join(directory, 'mcp', 'tools', 'notes.ts'), 'EACCES')).toMatchObject({
      code: 'file-unreadable',
      message: 'mcp/tools/notes.ts cannot be read: EACCES',
      place: { file: 'mcp/tools/notes.ts', line: 1 },
    })
    expect(refused(directory, 'EIO')?.place.file).toBe('.')
  })

  it('is none when it vanished, or is none of the project: that is for who called', () => {
    expect(refused(join(directory, 'mcp', 'server.ts'), 'ENOENT')).toBeNull()
    expect(refused(join(directory, '..', 'elsewhere.ts'), 'EACCES')).toBeNull()
    for (const error of [new Error('EACCES'), new TypeError('a mistake'), 'EACCES', null]) {
      expect(unreadable(directory, error)).toBeNull()
    }
  })

  it('is found by what only looks as well, and is no mistake of ours', async () => {
    const name = 'x'.repeat(300)
    const directory = project({ 'mcp/server.ts': `import './${name}.js'\n${SERVER}` })
    const expected = [`mcp/${name}.js file-unreadable`]
    expect(findings(await build({ project: directory }))).toEqual(expected)
    const looked = [await inspect(directory), readServer(directory)]
    for (const { diagnostics } of looked) {
      expect(diagnostics.map(({ code, place }) => `${place.file} ${code}`)).toEqual(expected)
    }
  })

  // Root may read everything, and Windows has no such bits.
  it('is found in a build by anybody else', async () => {
    const directory = project()
    await build({ project: directory })
    const before = output(directory)
    chmodSync(join(directory, 'mcp', 'tools', 'notes.ts'), 0o000)
    const mayRead = process.platform === 'win32' || process.getuid?.() === 0
    const result = await build({ project: directory })
    expect(findings(result)).toEqual(mayRead ? [] : ['mcp/tools/notes.ts file-unreadable'])
    expect(output(directory)).toEqual(before)
  })
})
