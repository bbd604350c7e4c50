import type { PackageManagerName } from './choices.js'
import { create } from './create.js'
import { decide } from './decide.js'
import { type Io, processIo } from './io.js'
import { type PackageManager, startedBy } from './package-manager.js'
import { type Flags, parseArguments } from './parse-arguments.js'
import { ExitCode, misuse, Problem } from './problem.js'
import { runProgram } from './run-program.js'
import { USAGE } from './usage.js'
import { ownVersion } from './version.js'

/**
 * Runs one command line and returns the exit code: 0 fine, 1 when something of
 * it could not be done, 2 when the command line says what cannot be, 130 when it
 * was interrupted. What is wrong is said in one line on the error stream.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  try {
    return await run(parseArguments(argv), io)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const hint = error.exitCode === ExitCode.misuse ? ' See --help.' : ''
    io.err.write(`${error.message}${hint}\n`)
    return error.exitCode
  }
}

async function run(flags: Flags, io: Io): Promise<ExitCode> {
  if (flags.help || flags.version) {
    io.out.write(flags.help ? USAGE : `${ownVersion()}\n`)
    return ExitCode.fine
  }
  const manager = await managerFor(flags, io)
  return create(await decide(flags, io), manager, flags, io)
}

/** The one that was asked for, or the one that started this. */
async function managerFor({ packageManager, install }: Flags, io: Io): Promise<PackageManager> {
  const starter = startedBy(io.env)
  if (packageManager === undefined || packageManager === starter.name) return starter
  const major = await majorOf(packageManager, io)
  if (major === undefined && install) {
    throw misuse(`There is no ${packageManager} on this computer. Install it, or add --no-install.`)
  }
  return { name: packageManager, major: major ?? USUAL_MAJOR[packageManager] }
}

/** What a project is set up for when the package manager is not here to be asked. */
const USUAL_MAJOR: Readonly<Partial<Record<PackageManagerName, number>>> = { pnpm: 10, bun: 1 }

async function majorOf(name: PackageManagerName, { cwd, env }: Io): Promise<number | undefined> {
  const { code, output } = await runProgram({ command: name, args: ['--version'], cwd, env })
  const major = Number.parseInt(output, 10)
  return code === 0 && !Number.isNaN(major) ? major : undefined
}
