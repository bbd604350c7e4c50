import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { copyOf, filesIn, get, put, testDirectory } from './support/project.js'

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const OPTIONS = [
  '--module',
  'nodenext',
  '--target',
  'es2023',
  '--strict',
  '--noUncheckedIndexedAccess',
  '--exactOptionalPropertyTypes',
  '--skipLibCheck',
  '--types',
  'node',
  '--moduleDetection',
  'force',
]

/** What TypeScript says of a project with its generated files. */
function compile(project: string): string {
  const files = filesIn(join(project, 'generated'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `generated/${file}`)
  const { stdout } = spawnSync(process.execPath, [TSC, '--ignoreConfig', '--noEmit', ...OPTIONS, ...files], {
    cwd: project,
    encoding: 'utf8',
  })
  return stdout
}

it.each(['bare', 'conditions', 'downstream', 'notes', 'offers', 'oidc', 'shapes'])(
  'the generated files of %s compile against the runtime',
  (name) => {
    expect(compile(join(testDirectory, 'golden', name))).toBe('')
  },
)

describe('generated once, the types know the project', () => {
  it('a scope that the server does not declare does not compile', async () => {
    const project = copyOf(join(testDirectory, 'golden', 'notes'))
    const path = 'mcp/tools/delete-note.ts'
    put(project, path, get(project, path).replace(`['notes:write']`, `['notes:wriet']`))
    expect((await build({ project })).diagnostics.map(({ code }) => code)).toEqual(['unknown-scope'])
    expect(compile(project)).toMatch(/^mcp\/tools\/delete-note\.ts\(7,12\): error TS\d+: Type '"notes:wriet"'/)
  })
})
