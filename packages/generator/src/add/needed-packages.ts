import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the test of an addition imports. */
const PACKAGES = ['vitest', '@mcp-secure/testing']

type LockFile = readonly [file: string, install: string]

const NPM: LockFile = ['package-lock.json', 'npm install --save-dev']
const LOCK_FILES: readonly LockFile[] = [
  ['pnpm-lock.yaml', 'pnpm add --save-dev'],
  ['yarn.lock', 'yarn add --dev'],
  ['bun.lock', 'bun add --dev'],
  ['bun.lockb', 'bun add --dev'],
  NPM,
]

/** The command that installs what the test needs and the project lacks, or null. */
export function installCommand(projectDirectory: string): string | null {
  const folders = upwards(projectDirectory)
  const isInstalled = (name: string) =>
    folders.some((folder) => existsSync(join(folder, 'node_modules', ...name.split('/'), 'package.json')))
  const missing = PACKAGES.filter((name) => !isInstalled(name))
  if (missing.length === 0) return null
  // The lock file that is nearest decides: a workspace has its own at the top.
  const [[, install] = NPM] = folders.flatMap((folder) => LOCK_FILES.filter(([file]) => existsSync(join(folder, file))))
  return `${install} ${missing.join(' ')}`
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...upwards(parent)]
}
