import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filesIn, testDirectory } from './support/project.js'

const PACKAGE = join(testDirectory, '..')
const script = (action: string) =>
  spawnSync(process.execPath, [join(PACKAGE, 'scripts', 'templates.mjs'), action], { encoding: 'utf8' })

it('a packed generator brings the templates that were developed, and a clone keeps no copy', () => {
  const target = join(PACKAGE, 'templates')
  try {
    expect(script('copy').status).toBe(0)
    expect(readdirSync(target).sort()).toEqual(['add', 'code'])
    for (const folder of ['add', 'code'])
      expect(filesIn(join(target, folder))).toEqual(filesIn(join(PACKAGE, '..', '..', 'templates', folder)))
    expect(script('remove').status).toBe(0)
    expect(filesIn(target)).toEqual([])
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
})
