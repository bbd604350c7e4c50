import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { codes } from '../dist/diagnostics/explain.js'
import { findingLines } from './support/finding-lines.js'
import { copyOf, filesIn, testDirectory } from './support/project.js'

const FIXTURES = join(testDirectory, 'fixtures')
const UPDATES = process.env.UPDATE_GOLDEN === '1'

/** Codes that no fixture can show, each with the test that shows it. */
const ELSEWHERE = ['file-unreadable', 'output-busy', 'output-linked', 'project-missing', 'write-failed']

/** Codes that only a build that writes nothing finds. */
const CHECKED = ['generated-stale', 'lock-stale']

/** A fixture is `fixtures/<code>/`, or one folder below it for each case. */
function casesOf(code: string): readonly string[] {
  if (existsSync(join(FIXTURES, code, 'mcp'))) return [code]
  return readdirSync(join(FIXTURES, code)).map((name) => `${code}/${name}`)
}

it('every code has fixtures, and no fixture is without a code', () => {
  expect([...readdirSync(FIXTURES), ...ELSEWHERE].sort()).toEqual([...codes])
})

describe.concurrent.each(readdirSync(FIXTURES))('%s', (code) => {
  it.each(casesOf(code))('is reported in %s, with message, place and count', async (name) => {
    const project = copyOf(join(FIXTURES, name))
    const before = filesIn(project)
    const moduleTimeoutSeconds = code === 'module-hangs' ? 3 : 20
    const { diagnostics, files } = await build({ project, moduleTimeoutSeconds, check: CHECKED.includes(code) })
    const actual = diagnostics.map(findingLines).join('')
    const expected = join(FIXTURES, name, 'expected.txt')
    if (UPDATES) writeFileSync(expected, actual)
    expect(actual).toBe(readFileSync(expected, 'utf8'))
    expect(diagnostics.map((found) => found.code)).toContain(code)
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      expect(files).toEqual([])
      expect(filesIn(project), 'nothing is written').toEqual(before)
    }
  })
})
