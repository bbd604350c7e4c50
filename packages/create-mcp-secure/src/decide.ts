import { basename, resolve } from 'node:path'
import { checkDirectory } from './check-directory.js'
import { checkName } from './check-name.js'
import { type Choices, DEFAULTS } from './choices.js'
import type { Io } from './io.js'
import type { Flags } from './parse-arguments.js'
import { misuse } from './problem.js'

export interface Decided {
  readonly choices: Choices
  /** Whether the directory is there already. */
  readonly exists: boolean
}

/**
 * What is to be made, from the command line, the answers where somebody can be
 * asked, and the defaults. What cannot be is refused before the first question.
 */
export async function decide(flags: Flags, io: Io): Promise<Decided> {
  const ask = io.interactive && !flags.yes ? await import('./ask.js') : undefined
  const place = flags.directory ?? (flags.name && basename(flags.name))
  const before = place === undefined ? undefined : await check(resolve(io.cwd, place), flags.name, io.cwd)

  const answer = before === undefined ? ((await ask?.askName(io.cwd)) ?? DEFAULTS.name) : undefined
  const where = before ?? (await check(resolve(io.cwd, basename(answer ?? '')), answer, io.cwd))
  const template = flags.template ?? (await ask?.askTemplate()) ?? DEFAULTS.template
  const auth = flags.auth ?? (await ask?.askAuth()) ?? DEFAULTS.auth
  const issuer = flags.issuer ?? (auth === 'oidc' ? await ask?.askIssuer() : undefined)
  const { directory, name, exists } = where
  return { choices: { directory, name, template, auth, issuer }, exists }
}

interface Where {
  readonly directory: string
  readonly name: string
  readonly exists: boolean
}

async function check(directory: string, wanted: string | undefined, cwd: string): Promise<Where> {
  const name = wanted ?? basename(directory)
  const problem = checkName(name)
  if (problem !== undefined) {
    throw misuse(wanted === undefined ? `${problem} The directory may keep its name: add --name.` : problem)
  }
  return { directory, name, exists: await checkDirectory(directory, cwd) }
}
