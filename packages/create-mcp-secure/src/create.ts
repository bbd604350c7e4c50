import { basename, relative } from 'node:path'
import type { Choices } from './choices.js'
import type { Decided } from './decide.js'
import { firstBuild } from './first-build.js'
import { firstCommit, startRepository } from './git.js'
import { installPackages } from './install.js'
import type { Io } from './io.js'
import { commandsOf, type PackageManager } from './package-manager.js'
import type { Flags } from './parse-arguments.js'
import { ExitCode, Problem } from './problem.js'
import { projectFiles } from './project-files.js'
import { createReporter, type Reporter } from './reporter.js'
import { Stopwatch } from './stopwatch.js'
import { writeProject } from './write-project.js'

/** What the steps below share. */
interface Work {
  readonly choices: Choices
  readonly manager: PackageManager
  readonly io: Io
  readonly reporter: Reporter
  readonly stopwatch: Stopwatch
}

/** Makes the project, step by step, and says what became of each. */
export async function create(
  { choices, exists }: Decided,
  manager: PackageManager,
  flags: Pick<Flags, 'install' | 'git'>,
  io: Io,
): Promise<ExitCode> {
  const work: Work = { choices, manager, io, reporter: await createReporter(io), stopwatch: new Stopwatch() }
  const { reporter } = work
  const files = await projectFiles(choices, manager)
  await writeProject(files, { directory: choices.directory, exists, signal: io.interrupted })
  reporter.done(`Wrote ${files.size} files to ${shown(choices, io)}: ${choices.template}, ${SERVERS[choices.auth]}.`)
  const repository = flags.git && (await git(work))
  const failure = flags.install ? await installAndBuild(work) : undefined
  if (io.interrupted.aborted) throw new Problem(stopped(work), ExitCode.interrupted)
  if (repository && failure === undefined) await commit(work)
  else if (repository) reporter.done('Made a git repository. Nothing is committed yet.')
  if (failure !== undefined) reporter.warn(failure)
  tellNext(work, flags.install && failure === undefined)
  return failure === undefined ? ExitCode.fine : ExitCode.failed
}

const SERVERS = {
  embedded: 'the embedded authorization server',
  oidc: 'an authorization server that you have',
} as const

/** Whether there is a repository that is this project's own. */
async function git({ choices, io, reporter }: Work): Promise<boolean> {
  const start = await startRepository(choices.directory, io.env)
  if (start === 'no git') reporter.warn('Left git alone: it is not installed.')
  if (start === 'failed') reporter.warn('Left git alone: git init failed.')
  if (start === 'inside a repository') reporter.done('Left git alone: this lies in a repository already.')
  return start === 'started'
}

/** What went wrong, or nothing. The project is whole either way. */
async function installAndBuild({ choices, manager, io, reporter, stopwatch }: Work): Promise<string | undefined> {
  const { directory } = choices
  const problem = await reporter.during(`Installing the packages with ${manager.name}`, () =>
    stopwatch.waiting(() => installPackages(directory, manager, io.env, io.interrupted)),
  )
  const { install, run } = commandsOf(manager)
  if (problem !== undefined)
    return `The packages are not installed: ${problem}. Later: ${install}, then ${run('build')}.`
  reporter.done(`Installed the packages with ${manager.name}.`)
  const { code, output } = await reporter.during('Building', () => firstBuild(directory, io.env, io.interrupted))
  if (code !== 0) return `The first build failed. Later: ${run('build')}.\n${output.trim()}`
  reporter.done('Wrote generated/ and access.lock.json: generated/ACCESS.md says who may call what.')
  return undefined
}

async function commit({ choices, io, reporter }: Work): Promise<void> {
  if (await firstCommit(choices.directory, io.env)) reporter.done('Made a git repository, with a first commit.')
  else reporter.done('Made a git repository. Nothing is committed: git does not know your name, or refused.')
}

function stopped(work: Work): string {
  const { install, run } = commandsOf(work.manager)
  return `Stopped. ${shown(work.choices, work.io)} is complete but for its packages: ${install}, then ${run('dev')}.`
}

function tellNext({ choices, manager, io, reporter, stopwatch }: Work, installed: boolean): void {
  const { install, run } = commandsOf(manager)
  const needsIssuer = choices.auth === 'oidc' && choices.issuer === undefined
  reporter.next(
    [
      ...(choices.directory === io.cwd ? [] : [`cd ${quoted(relative(io.cwd, choices.directory))}`]),
      ...(installed ? [] : [install]),
      run('dev'),
    ],
    `${needsIssuer ? 'Set MCP_AUTH_ISSUER to the issuer of your authorization server before that. ' : ''}` +
      `README.md says the rest. (${stopwatch.read(manager.name)})`,
  )
}

function shown({ directory }: Choices, { cwd }: Io): string {
  return relative(cwd, directory) || basename(directory)
}

function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`
}
