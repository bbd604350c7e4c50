import { mkdirSync, renameSync, rmSync, statSync, watch as watchFolder } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { BuildResult } from '../dist/build.js'
import { watch } from '../dist/watch.js'
import { filesIn, get, put, SERVER, temporaryProject, tool } from './support/project.js'

const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** A watched project, and its builds in order: `next` waits for the one after the last. */
function watched(project: string) {
  const results: BuildResult[] = []
  const abort = new AbortController()
  let taken = 0
  let notify = (): void => undefined
  const done = watch({
    project,
    signal: abort.signal,
    onBuild(result) {
      results.push(result)
      notify()
    },
  })
  running.push(async () => {
    abort.abort()
    await done
  })
  return {
    results,
    async next(): Promise<BuildResult> {
      while (results.length <= taken) await new Promise<void>((resolve) => (notify = resolve))
      return results[taken++] as BuildResult
    },
    /** The next build of which this is true: an editor's steps may be seen one by one. */
    async until(isIt: (result: BuildResult) => boolean): Promise<BuildResult> {
      for (;;) {
        const result = await this.next()
        if (isIt(result)) return result
      }
    },
  }
}

const project = (files = {}) =>
  temporaryProject({
    'mcp/server.ts': SERVER,
    'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`),
    'mcp/tools/delete-note.ts': tool(`scopes: ['notes:write'],`),
    ...files,
  })

/** A tool whose schema needs a file outside `mcp/`. */
const importing = () =>
  project({
    'shared/limit.ts': 'export const limit = 10\n',
    'mcp/tools/list-notes.ts': tool(
      `scopes: ['notes:read'],\n  input: z.object({ limit: z.int().max(limit) }),`,
      `import { limit } from '../../shared/limit.js'\n`,
    ),
  })

const changed = ({ files }: BuildResult) => files.filter(({ action }) => action !== 'unchanged').map(({ path }) => path)
const codes = ({ diagnostics }: BuildResult) => diagnostics.map(({ code }) => code)
const stamps = (directory: string) =>
  Object.fromEntries(
    filesIn(join(directory, 'generated')).map((file) => [file, statSync(join(directory, 'generated', file)).ino]),
  )

it('a changed scope changes policy.gen.ts and ACCESS.md and nothing else', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  const before = stamps(directory)
  put(directory, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:write'],`))
  const result = await builds.until((build) => changed(build).length > 0)
  expect(changed(result)).toEqual(['generated/ACCESS.md', 'generated/policy.gen.ts'])
  const after = stamps(directory)
  // Files are replaced by renaming, so a file that was written is another one.
  expect(Object.keys(after).filter((file) => after[file] !== before[file])).toEqual(['ACCESS.md', 'policy.gen.ts'])
  expect(get(directory, 'generated/policy.gen.ts')).toContain(
    `list_notes: { access: 'scopes', scopes: ['notes:write'] }`,
  )
})

it('an error is reported, the last good output stays, and the repair is seen', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  const good = get(directory, 'generated/policy.gen.ts')
  put(directory, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:raed'],`))
  await builds.until((result) => codes(result).includes('unknown-scope'))
  expect(get(directory, 'generated/policy.gen.ts')).toBe(good)
  put(directory, 'mcp/tools/list-notes.ts', tool(`access: 'authenticated',`))
  await builds.until((result) => !codes(result).includes('unknown-scope'))
  expect(get(directory, 'generated/policy.gen.ts')).toContain(`list_notes: { access: 'authenticated' }`)
})

it('a schema is loaded again when a module that it imports changed', async () => {
  const directory = importing()
  const builds = watched(directory)
  await builds.next()
  expect(get(directory, 'generated/schemas.gen.ts')).toContain('maximum: 10 ')
  put(directory, 'shared/limit.ts', 'export const limit = 20\n')
  const result = await builds.until((build) => changed(build).length > 0)
  expect(changed(result)).toEqual(['generated/schemas.gen.ts'])
  expect(get(directory, 'generated/schemas.gen.ts')).toContain('maximum: 20 ')
})

it('a tool that comes, moves, is replaced by renaming, and goes is followed', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  mkdirSync(join(directory, 'mcp/tools/more'))
  put(directory, 'mcp/tools/more/new-tool.ts', tool(`access: 'public', annotations: { readOnlyHint: true },`))
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes(`new_tool: { access: 'public' }`))
  put(directory, 'mcp/tools/more/.new-tool.ts.swp', tool(`access: 'authenticated',`))
  renameSync(join(directory, 'mcp/tools/more/.new-tool.ts.swp'), join(directory, 'mcp/tools/more/new-tool.ts'))
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes(`new_tool: { access: 'authenticated' }`))
  rmSync(join(directory, 'mcp/tools/more'), { recursive: true })
  await builds.until(() => !get(directory, 'generated/policy.gen.ts').includes('new_tool'))
})

it('a resource and a prompt that come are followed', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  put(
    directory,
    'mcp/resources/all.ts',
    `import { defineResource } from '@mcp-secure/spec'
export default defineResource({ uri: 'notes://all', description: 'All', access: 'public', read: () => '' })
`,
  )
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes(`uri: 'notes://all', access: 'public'`))
  put(
    directory,
    'mcp/prompts/hello.ts',
    `import { definePrompt } from '@mcp-secure/spec'
export default definePrompt({ description: 'Hello', scopes: ['notes:read'], run: () => '' })
`,
  )
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes(`hello: { access: 'scopes'`))
})

it('changes during a build join into one more, and its own output starts none', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  for (let index = 0; index < 20; index++)
    put(directory, `mcp/tools/tool-${index}.ts`, tool(`access: 'authenticated',`))
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes('tool_19:'))
  const count = builds.results.length
  expect(count).toBeLessThan(8)
  // Another change is the fence: if the output had started a build, it would come before.
  put(directory, 'generated/note.txt', 'not ours')
  put(directory, 'mcp/tools/last.ts', tool(`access: 'public', annotations: { readOnlyHint: true },`))
  await builds.until(() => get(directory, 'generated/policy.gen.ts').includes('last:'))
  expect(builds.results.slice(count).filter((result) => changed(result).length === 0)).toEqual([])
})

it('a finding in a file that did not change since is reported with every build', async () => {
  const directory = project({ 'mcp/tools/list-notes.ts': tool(`scopes: [process.env.SCOPE ?? 'notes:read'],`) })
  const builds = watched(directory)
  const first = codes(await builds.next())
  expect(first).toContain('unreadable-scopes')
  put(directory, 'mcp/tools/delete-note.ts', tool(`access: 'public', annotations: { readOnlyHint: true },`))
  expect(codes(await builds.next())).toEqual(first)
  put(directory, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:read'],`))
  await builds.until((result) => codes(result).length === 0)
})

it('other compiler options are a reason to read everything again', async () => {
  const directory = project()
  const builds = watched(directory)
  await builds.next()
  put(directory, 'tsconfig.json', '{ "compilerOptions": ')
  await builds.until((result) => codes(result).includes('tsconfig-unreadable'))
  put(directory, 'tsconfig.json', '{ "compilerOptions": { "target": "es2022" } }')
  await builds.until((result) => codes(result).length === 0)
})

it('an imported file that went away is seen when it comes back', async () => {
  const directory = importing()
  const builds = watched(directory)
  await builds.next()
  rmSync(join(directory, 'shared/limit.ts'))
  await builds.until((result) => codes(result).includes('module-throws'))
  put(directory, 'shared/limit.ts', 'export const limit = 20\n')
  await builds.until((result) => codes(result).length === 0)
  expect(get(directory, 'generated/schemas.gen.ts')).toContain('maximum: 20 ')
})

it('ends at once, also while a module blocks', async () => {
  const directory = project({
    'mcp/tools/list-notes.ts': tool(
      `scopes: ['notes:read'],`,
      `import { writeFileSync } from 'node:fs'\nwriteFileSync('blocked', '')\nfor (;;);\n`,
    ),
  })
  const seen = new Promise<void>((resolve) => {
    const watcher = watchFolder(directory, (_event, name) => {
      if (name !== 'blocked') return
      watcher.close()
      resolve()
    })
  })
  const abort = new AbortController()
  const builds: BuildResult[] = []
  // Longer than a test may take: if the end waited for the module, this one would fail.
  const options = { project: directory, moduleTimeoutSeconds: 3600, signal: abort.signal }
  const done = watch({ ...options, onBuild: (result) => builds.push(result) })
  await seen
  abort.abort()
  await done
  expect(builds).toEqual([])
})
