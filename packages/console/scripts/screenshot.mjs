// Makes docs/images/console.png anew, from the browser test that shows a step-up.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'console-pictures-'))
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const test = ['run', 'packages/console/test/browser.test.ts', '--testNamePattern', 'stepped up by a click']
const { status } = spawnSync(process.execPath, [vitest, ...test], {
  cwd: root,
  env: { ...process.env, CONSOLE_PICTURES: folder },
  stdio: 'inherit',
})
if (status === 0) {
  mkdirSync(join(root, 'docs', 'images'), { recursive: true })
  copyFileSync(join(folder, 'console.png'), join(root, 'docs', 'images', 'console.png'))
}
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
