import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { testDirectory } from './support/project.js'

const FIXTURES = join(testDirectory, 'fixtures')

/** Requirements of the protocol that are met before there is a server: what would break one is not written. */
const ROWS = [
  ['TO-03: a name that clients would refuse', 'unsafe-name'],
  ['TO-06: a schema that clients cannot take, and that cannot be said otherwise', 'schema-not-portable'],
  ['TO-09: a schema that is none', 'schema-invalid'],
  ['TO-11: a reference to elsewhere', 'schema-reference-unresolved'],
  ['TO-22, TO-23: an argument header where a header cannot say it', 'header-annotation-misplaced'],
] as const

describe('what the protocol asks of tools', () => {
  it.each(ROWS)('%s is not generated', async (_row, code) => {
    const folder = join(FIXTURES, code)
    const cases = readdirSync(folder).includes('mcp') ? [folder] : readdirSync(folder).map((name) => join(folder, name))
    for (const project of cases) {
      const { diagnostics, files } = await build({ project, check: true })
      expect(diagnostics.filter((found) => found.code === code && found.severity === 'error')).not.toEqual([])
      expect(files).toEqual([])
    }
  })

  it('TO-24: an argument header that would tell a secret is found', async () => {
    const { diagnostics } = await build({ project: join(FIXTURES, 'header-annotation-exposes'), check: true })
    expect(diagnostics.map(({ code }) => code)).toContain('header-annotation-exposes')
  })

  it('TO-10: the documentation says which dialect of JSON Schema is spoken', () => {
    expect(readFileSync(new URL('../../../docs/schemas.md', import.meta.url), 'utf8')).toContain('JSON Schema 2020-12')
  })
})
