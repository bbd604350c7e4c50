import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Builder, createBuilder } from '../dist/build.js'
import { ADVICE, RULES } from '../dist/check/check.js'
import { BASE, CURES } from './support/cures.js'
import { put, temporaryProject } from './support/project.js'

type Files = Readonly<Record<string, string | null>>

/** One project that is changed over and over, as by somebody who watches. */
describe('a project', () => {
  let directory: string
  let builder: Builder

  beforeAll(() => {
    directory = temporaryProject(BASE)
    builder = createBuilder({ project: directory, moduleTimeoutSeconds: 3 })
  })
  afterAll(() => builder.close())

  function change(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) rmSync(join(directory, ...path.split('/')), { force: true })
      else put(directory, path, text)
    }
  }

  /** Takes away what a test wrote, and brings back what it took away. */
  function restore(...written: readonly Files[]): void {
    const added = written.flatMap((files) => Object.keys(files))
    change({ ...Object.fromEntries(added.map((path) => [path, null])), ...BASE })
  }

  it.each(Object.entries(CURES))('with %s has this finding alone, and none with its cure', async (code, cure) => {
    try {
      change(cure.broken)
      const broken = await builder.build()
      expect(new Set(broken.diagnostics.map((found) => found.code))).toEqual(new Set([code]))
      change(cure.cured)
      const cured = await builder.build()
      expect(cured.diagnostics).toEqual([])
      expect(cured.files).not.toEqual([])
    } finally {
      restore(cure.broken, cure.cured)
    }
  })
})

it('there are as many cures as there are kinds of findings that a project can show', () => {
  const counts = { rules: RULES.length + ADVICE.length, cures: Object.keys(CURES).length }
  console.info(`${counts.rules} rules in check/, ${counts.cures} findings each shown to come and to go`)
  expect(counts.rules).toBeGreaterThanOrEqual(40)
  expect(counts.cures).toBeGreaterThan(counts.rules)
})
