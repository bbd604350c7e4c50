import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the test of an addition imports. */
const PACKAGES = ['vitest', '@mcp-secure/testing']

const LOCK_FILES: readonly (readonly [file: string, install: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add --save-dev'],
  ['yarn.lock', 'yarn add --dev'],
  ['bun.lock', 'bun add --dev'],
  ['bun.lockb', 'bun add --dev'],
  ['package-lock.json', 'npm install --save-dev'],
]

/** The command that installs what the test needs and the project lacks, or null. */
export function installCommand(projectDirectory: string): string | null {
  const folders = upwards(projectDirectory)
  const has = (path: readonly string[]) => folders.some((folder) => existsSync(join(folder, ...path)))
  const missing = PACKAGES.filter((name) => !has(['node_modules', ...name.split('/'), 'package.json']))
  if (missing.length === 0) return null
  // The lock file that is nearest decides: a workspace has its own at the top.
  const [, install = 'npm install --save-dev'] = LOCK_FILES.find(([file]) => has([file])) ?? []
  return `${install} ${missing.join(' ')}`
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...upwards(parent)]
}
