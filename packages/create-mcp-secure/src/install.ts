import { basename } from 'node:path'
import type { PackageManager } from './package-manager.js'
import { type Ran, runProgram } from './run-program.js'

type Environment = Readonly<Record<string, string | undefined>>

const ARGUMENTS: Readonly<Record<PackageManager['name'], readonly string[]>> = {
  // Whoever has no network should learn it within seconds: for each package, one after the other, npm waits ten
  // seconds and then a minute before it asks again.
  npm: [
    'install',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=500',
    '--fetch-retry-maxtimeout=1000',
  ],
  // There is no lock file yet, which pnpm would insist on where it thinks that it is CI.
  pnpm: ['install', '--no-frozen-lockfile'],
  yarn: ['install'],
  bun: ['install'],
}

/**
 * Installs the packages of a project.
 *
 * @returns Why that failed, in one line, or nothing.
 */
export async function installPackages(
  directory: string,
  manager: PackageManager,
  env: Environment,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { command, before } = programOf(manager, env)
  const ran = await runProgram({
    command,
    args: [...before, ...ARGUMENTS[manager.name]],
    cwd: directory,
    env: { ...env, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
    signal,
  })
  return ran.code === 0 ? undefined : reasonOf(ran, manager)
}

/**
 * A package manager names its own entry file to what it starts. Running that
 * needs no shell on any platform, and no second copy of it.
 */
function programOf({ name }: PackageManager, env: Environment): { command: string; before: readonly string[] } {
  const entry = env.npm_execpath ?? ''
  const isOwn = new RegExp(`^${name}(?:-cli)?\\.[cm]?js$`).test(basename(entry))
  return isOwn ? { command: process.execPath, before: [entry] } : { command: name, before: [] }
}

/** What each says when it cannot get at the registry. */
const NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ConnectionRefused)\b/

function reasonOf({ code, output }: Ran, { name }: PackageManager): string {
  if (code === undefined && /ENOENT/.test(output)) return `there is no ${name} on this computer`
  const [, network] = NETWORK.exec(output) ?? []
  if (network !== undefined) return `the registry cannot be reached (${network})`
  return firstError(output) ?? `${name} ended with code ${code ?? 'unknown'}`
}

/** The first line that says what happened: after the word error and the codes that npm puts before it. */
function firstError(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.replace(/\p{Cc}(?:\[[\d;]*m)?/gu, '').trim())
  const error = lines
    .map((line) => /(?:^|\s)(?:npm error|npm ERR!|ERR_PNPM_\w+|error|➤ YN\d+:)\s+(?!code\b)(.+)$/i.exec(line)?.[1])
    .find((line) => line !== undefined)
  return error && withoutCredentials(error).slice(0, 200)
}

function withoutCredentials(text: string): string {
  return text.replaceAll(/(https?:\/\/)[^\s/@]*@/g, '$1')
}
