import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBuilder } from '../../dist/build.js'
import { copyOf, filesIn, get, put, SERVER, temporaryProject, tool } from '../support/project.js'
import { run } from '../support/run.js'

const FILES = {
  'mcp/server.ts': SERVER,
  'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],\n  annotations: { readOnlyHint: true },`),
  'mcp/tools/write-note.ts': tool(`scopes: ['notes:write'],\n  input: z.object({ text: z.string() }),`),
}
const LOCK = 'access.lock.json'
const project = () => temporaryProject(FILES)
const command = (cwd: string, ...argv: string[]) => run(argv, { cwd })

/** Built once, and copied for every test. */
const base = (async () => {
  const cwd = project()
  expect(await command(cwd, 'build', '--quiet')).toEqual({ code: 0, out: '', err: '' })
  return cwd
})()
const built = async () => copyOf(await base)

/** Every file with its content and its number: one that is written anew is another one. */
const snapshot = (cwd: string) =>
  filesIn(cwd).map((file) => [file, statSync(join(cwd, file)).ino, readFileSync(join(cwd, file), 'utf8')])

describe('mcp-gen build', () => {
  it('writes a lock where there is none, and leaves it alone where nothing changed, whoever formatted it', async () => {
    const cwd = project()
    const first = await command(cwd, 'build')
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' })
    expect(first.out).toContain('wrote   access.lock.json\n')
    const text = get(cwd, LOCK)
    expect(JSON.parse(text)).toMatchObject({ version: 1, tools: { list_notes: { scopes: ['notes:read'] } } })
    expect(text).not.toMatch(/\r|secret/i)
    for (const same of [text.replaceAll('\n', '\r\n'), `\ufeff${JSON.stringify(JSON.parse(text), null, 4)}`]) {
      put(cwd, LOCK, same)
      expect((await command(cwd, 'build')).out).not.toContain(LOCK)
      expect(get(cwd, LOCK)).toBe(same)
    }
  })

  it('records what is new and tighter, and lists it with what breaks callers', async () => {
    const cwd = await built()
    put(cwd, 'mcp/tools/count-notes.ts', tool(`scopes: ['notes:read'],`))
    expect((await command(cwd, 'build')).code).toBe(0)
    put(cwd, 'mcp/tools/new-note.ts', tool(`scopes: ['notes:write'],`))
    put(cwd, 'mcp/tools/count-notes.ts', tool(`scopes: ['notes:write'],`))
    put(
      cwd,
      'mcp/tools/write-note.ts',
      tool(`scopes: ['notes:write'],\n  input: z.object({ text: z.string(), to: z.string() }),`),
    )
    const { code, out, err } = await command(cwd, 'build')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(
      [
        'wrote   access.lock.json',
        `  new      tool 'new_note': who may use it: notes:write`,
        `  tighter  tool 'count_notes': who may use it was notes:read, and is notes:write`,
        `  breaks   tool 'write_note': input.to: is now required`,
        '',
      ].join('\n'),
    )
    expect(await command(cwd, 'build', '--check', '--quiet')).toEqual({ code: 0, out: '', err: '' })
  })

  it('never records what is looser: it warns, says the cure, and the check fails until that was done', async () => {
    const cwd = await built()
    const before = get(cwd, LOCK)
    put(cwd, 'mcp/server.ts', SERVER.replace(`notes', implies`, `notes', baseline: true, implies`))
    put(cwd, 'mcp/tools/list-notes.ts', tool(`access: 'public',\n  annotations: { readOnlyHint: true },`))
    put(cwd, 'mcp/tools/new-note.ts', tool(`scopes: ['notes:write'],`))
    const building = await command(cwd, 'build')
    expect(building.code).toBe(0)
    expect(building.err).toContain(
      `mcp/tools/list-notes.ts:7:3 - warning access-looser: tool 'list_notes' is looser than access.lock.json says: ` +
        'who may use it was notes:read, and is PUBLIC: everybody, without a token\n',
    )
    expect(building.err).toContain(`mcp/server.ts:9:5 - warning access-looser: scope 'notes:write'`)
    expect(building.err).toContain('run `mcp-gen access accept`')
    expect(building.out).toContain('access.lock.json was left as it is\n')
    expect(get(cwd, LOCK)).toBe(before)
    expect(get(cwd, 'generated/policy.gen.ts'), 'what is generated is the spec').toContain(
      `list_notes: { access: 'public' }`,
    )

    const checking = await command(cwd, 'build', '--check')
    expect(checking.code).toBe(1)
    expect(checking.err.match(/ - error [\w-]+/g)).toEqual([' - error access-looser', ' - error access-looser'])
    expect(checking.out).toContain(`  new      tool 'new_note'`)
    const json = await command(cwd, 'build', '--check', '--json')
    expect(JSON.parse(json.out)).toMatchObject({
      diagnostics: [{ severity: 'error', place: { file: 'mcp/server.ts' } }, { code: 'access-looser' }],
      access: { lock: 'kept', changes: [{ effect: 'looser' }, { effect: 'looser' }, { effect: 'new' }] },
    })

    expect(await command(cwd, 'access', 'accept')).toEqual({
      code: 0,
      err: '',
      out: [
        'wrote   access.lock.json, which says now:',
        `  LOOSER   scope 'notes:write': baseline was no, and is yes`,
        `  LOOSER   tool 'list_notes': who may use it was notes:read, and is PUBLIC: everybody, without a token`,
        `  new      tool 'new_note': who may use it: notes:write`,
        '',
      ].join('\n'),
    })
    expect((await command(cwd, 'build', '--check')).code).toBe(0)
    expect((await command(cwd, 'access', 'accept')).out).toBe('access.lock.json is current: nothing to record\n')
  })

  it('says nothing any more once it was taken back', async () => {
    const cwd = await built()
    put(cwd, 'mcp/tools/list-notes.ts', tool(`access: 'authenticated',\n  annotations: { readOnlyHint: true },`))
    expect((await command(cwd, 'build')).err).toContain('warning access-looser')
    put(cwd, 'mcp/tools/list-notes.ts', FILES['mcp/tools/list-notes.ts'])
    expect((await command(cwd, 'build')).err).toBe('')
    expect((await command(cwd, 'build', '--check')).code).toBe(0)
  })

  it('that watches compares and records nothing: what is tried out is no record', async () => {
    const cwd = await built()
    const before = get(cwd, LOCK)
    const builder = createBuilder({ project: cwd })
    try {
      put(cwd, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:write'],\n  annotations: { readOnlyHint: true },`))
      const tighter = await builder.build()
      expect(tighter.access).toMatchObject({ lock: 'kept', changes: [{ effect: 'tighter' }] })
      put(cwd, 'mcp/tools/list-notes.ts', FILES['mcp/tools/list-notes.ts'])
      expect((await builder.build()).access).toEqual({ lock: 'unchanged', changes: [] })
      expect(get(cwd, LOCK)).toBe(before)
      rmSync(join(cwd, LOCK))
      expect((await builder.build()).access?.lock).toBe('kept')
      expect(filesIn(cwd)).not.toContain(LOCK)
    } finally {
      builder.close()
    }
  })
})

describe('mcp-gen build --check', () => {
  it('passes on what a build wrote, and says so', async () => {
    const cwd = await built()
    const before = snapshot(cwd)
    const { code, out, err } = await command(cwd, 'build', '--check')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^7 files checked, nothing to change, in \d+ ms\n$/)
    expect(snapshot(cwd)).toEqual(before)
  })

  it('names every file that is stale, missing or left over, each with what differs, and writes nothing', async () => {
    const cwd = await built()
    const policy = get(cwd, 'generated/policy.gen.ts')
    put(cwd, 'generated/policy.gen.ts', policy.replace(`['notes:write']`, `['notes:read']`))
    put(cwd, 'generated/old.gen.ts', policy)
    put(cwd, 'generated/tools.gen.ts', `${get(cwd, 'generated/tools.gen.ts')}// more\n`)
    rmSync(join(cwd, 'generated/ACCESS.md'))
    const before = snapshot(cwd)
    const { code, err } = await command(cwd, 'build', '--check')
    expect(code).toBe(1)
    expect(snapshot(cwd)).toEqual(before)
    const line = policy.split('\n').findIndex((text) => text.includes('write_note:')) + 1
    expect(err.split('\n').filter((text) => text.includes(' - error '))).toEqual([
      'generated/ACCESS.md:1:1 - error generated-stale: generated/ACCESS.md is missing',
      'generated/old.gen.ts:1:1 - error generated-stale: generated/old.gen.ts is left over',
      `generated/policy.gen.ts:${line}:1 - error generated-stale: generated/policy.gen.ts is stale: line ${line} is ` +
        "`write_note: { access: 'scopes', scopes: ['notes:read'] },`, and would be " +
        "`write_note: { access: 'scopes', scopes: ['notes:write'] },`",
      expect.stringMatching(/^generated\/tools\.gen\.ts:\d+:1 - error .* is `\/\/ more`, and would be ``$/),
    ])
    expect(err).toContain('4 errors: the check failed\n')
  })

  it('fails if the lock is behind or missing, and a build is the cure', async () => {
    const cwd = await built()
    put(
      cwd,
      'mcp/tools/list-notes.ts',
      tool(`scopes: ['notes:read'],\n  annotations: { readOnlyHint: true },\n  output: z.object({}),`),
    )
    put(cwd, 'mcp/tools/new-note.ts', tool(`scopes: ['notes:write'],`))
    const behind = await command(cwd, 'build', '--check')
    expect(behind.err).toContain('error lock-stale: access.lock.json is behind what mcp/ says by 2 changes')
    expect(behind.code).toBe(1)
    await command(cwd, 'build')
    expect((await command(cwd, 'build', '--check')).code).toBe(0)
    rmSync(join(cwd, LOCK))
    rmSync(join(cwd, 'generated'), { recursive: true })
    const missing = await command(cwd, 'build', '--check')
    expect({ code: missing.code, err: missing.err }).toEqual({
      code: 1,
      err: expect.stringContaining('error lock-stale: access.lock.json is missing'),
    })
    expect(filesIn(cwd)).not.toContain(LOCK)
  })

  it('finds what a build finds', async () => {
    const cwd = await built()
    put(cwd, 'generated/policy.gen.ts', 'mine')
    expect((await command(cwd, 'build', '--check')).err).toContain('error foreign-file')
    put(cwd, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:raed'],`))
    expect((await command(cwd, 'build', '--check')).err).toContain('error unknown-scope')
  })
})

describe('a lock that cannot be read', () => {
  it('is said with its place, and nothing is written over it', async () => {
    const cwd = await built()
    const ours = '      "scopes": ["notes:read"],\n'
    const conflict = `<<<<<<< HEAD\n${ours}=======\n${ours.replace('read', 'write')}>>>>>>> theirs\n`
    put(cwd, LOCK, get(cwd, LOCK).replace(ours, conflict))
    put(cwd, 'mcp/tools/list-notes.ts', tool(`access: 'public',\n  annotations: { readOnlyHint: true },`))
    const before = snapshot(cwd)
    for (const argv of [['build'], ['build', '--check'], ['access', 'accept']]) {
      const { code, out, err } = await command(cwd, ...argv)
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toContain('access.lock.json:17:1 - error lock-unreadable: access.lock.json holds a merge conflict\n')
      expect(err).toContain('> 17 | <<<<<<< HEAD\n')
      expect(err).toContain('  fix: Bring back the one of the branch that you merge into')
    }
    expect(snapshot(cwd)).toEqual(before)
  })

  it.each([
    ['a folder', (cwd: string) => mkdirSync(join(cwd, LOCK))],
    ['a link', (cwd: string) => symlinkSync(join(cwd, 'mcp'), join(cwd, LOCK), 'junction')],
  ])('%s stands in its place', async (_what, make) => {
    const cwd = project()
    make(cwd)
    const { code, err } = await command(cwd, 'build')
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('access.lock.json:1:1 - error lock-unreadable: access.lock.json is no regular file'),
    })
    expect(filesIn(join(cwd, 'generated'))).toEqual([])
  })
})

describe('mcp-gen access accept', () => {
  it('records nothing of a project that does not build', async () => {
    const cwd = await built()
    put(cwd, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:raed'],`))
    const before = snapshot(cwd)
    const { code, out, err } = await command(cwd, 'access', 'accept')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('error unknown-scope')
    expect(err).toContain('1 error: nothing was recorded\n')
    const json = await command(cwd, 'access', 'accept', '--json')
    expect(JSON.parse(json.out)).toMatchObject({ diagnostics: [{ code: 'unknown-scope' }] })
    expect(snapshot(cwd)).toEqual(before)
  })

  it('writes the first lock, and nothing else', async () => {
    const cwd = project()
    expect((await command(cwd, 'access', 'accept')).out).toBe('wrote   access.lock.json, for the first time\n')
    expect(filesIn(cwd)).toEqual([LOCK, ...Object.keys(FILES)].sort())
    expect((await command(cwd, 'access', 'accept', '--json')).out).toBe('{"lock":"unchanged","changes":[]}\n')
  })
})

describe('a lock that was taken away', () => {
  async function withoutLock(): Promise<string> {
    const cwd = await built()
    rmSync(join(cwd, LOCK))
    return cwd
  }

  it('is not written by a build, which warns', async () => {
    const cwd = await withoutLock()
    const { code, out, err } = await command(cwd, 'build')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`${LOCK}:1:1 - warning lock-missing: `) })
    expect(out).not.toContain(`wrote   ${LOCK}`)
    expect(existsSync(join(cwd, LOCK))).toBe(false)
  })

  it('fails the check, whatever the spec says now', async () => {
    const cwd = await withoutLock()
    put(cwd, 'mcp/tools/list-notes.ts', tool(`access: 'authenticated',`))
    await command(cwd, 'build')
    const { code, err } = await command(cwd, 'build', '--check')
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`${LOCK}:1:1 - error lock-missing: `) })
    expect(err).not.toContain('lock-stale')
  })

  it('is recorded by somebody who says so, and then the check passes', async () => {
    const cwd = await withoutLock()
    expect((await command(cwd, 'access', 'accept')).out).toBe(`wrote   ${LOCK}, for the first time\n`)
    expect((await command(cwd, 'build', '--check')).code).toBe(0)
  })
})
