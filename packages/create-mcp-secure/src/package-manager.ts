import { PACKAGE_MANAGERS, type PackageManagerName } from './choices.js'

export interface PackageManager {
  readonly name: PackageManagerName
  /** The first number of its version; nothing when it is not known. */
  readonly major: number | undefined
}

/**
 * Which package manager started this program: each says so in
 * `npm_config_user_agent`, such as `pnpm/10.34.8 npm/? node/v20.20.2 linux x64`.
 */
export function startedBy(env: Readonly<Record<string, string | undefined>>): PackageManager {
  const [, named, major] = /^([a-z]+)\/(\d+)/.exec(env.npm_config_user_agent ?? '') ?? []
  const name = PACKAGE_MANAGERS.find((candidate) => candidate === named)
  return name === undefined ? { name: 'npm', major: undefined } : { name, major: Number(major) }
}

/** What is typed to do the same thing with each. */
export interface Commands {
  readonly install: string
  readonly run: (script: string) => string
  /** Runs a program of a package that the project has. */
  readonly exec: string
  readonly lockFile: string
  /** Installs what the lock file says, and nothing else. */
  readonly frozen: string
  /** The same, without what only development needs. */
  readonly frozenProduction: string
}

const NPM: Commands = {
  install: 'npm install',
  run: (script) => (script === 'test' || script === 'start' ? `npm ${script}` : `npm run ${script}`),
  exec: 'npx',
  lockFile: 'package-lock.json',
  frozen: 'npm ci',
  frozenProduction: 'npm ci --omit=dev',
}

const PNPM: Commands = {
  install: 'pnpm install',
  run: (script) => `pnpm ${script}`,
  exec: 'pnpm exec',
  lockFile: 'pnpm-lock.yaml',
  frozen: 'pnpm install --frozen-lockfile',
  frozenProduction: 'pnpm install --frozen-lockfile --prod',
}

const YARN_1: Commands = {
  install: 'yarn install',
  run: (script) => `yarn ${script}`,
  exec: 'yarn',
  lockFile: 'yarn.lock',
  frozen: 'yarn install --frozen-lockfile',
  frozenProduction: 'yarn install --frozen-lockfile --production',
}

const YARN: Commands = {
  ...YARN_1,
  frozen: 'yarn install --immutable',
  frozenProduction: 'yarn workspaces focus --production',
}

const BUN: Commands = {
  install: 'bun install',
  // `bun test` is a test runner of its own.
  run: (script) => `bun run ${script}`,
  exec: 'bunx',
  lockFile: 'bun.lock',
  frozen: 'bun install --frozen-lockfile',
  frozenProduction: 'bun install --frozen-lockfile --production',
}

export function commandsOf({ name, major }: PackageManager): Commands {
  if (name === 'yarn') return isYarn1(major) ? YARN_1 : YARN
  return { npm: NPM, pnpm: PNPM, bun: BUN }[name]
}

function isYarn1(major: number | undefined): boolean {
  return major === undefined || major < 2
}
