import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { EnvSetting, Setting } from '../definition.js'
import type { Environment } from './environment.js'
import { isDevelopment } from './environment.js'

/** What a setting is for, in the words of the message that names it. */
export interface Purpose {
  readonly meaning: string
  readonly example: string
  /** A secret may come from a file, named by the variable with `_FILE`, and is never in a message. */
  readonly isSecret?: boolean
}

export type Resolved =
  | {
      readonly value: string
      /** The variable that it came by, where that is not the setting's own. */
      readonly by?: string
    }
  | { readonly problem: string }

/** The value of a setting at boot, or what to tell the person who starts the server. */
export function resolveSetting(setting: Setting, purpose: Purpose, environment: Environment): Resolved {
  if (typeof setting === 'string') return { value: setting }
  if (purpose.isSecret) return resolveSecret(setting, purpose, environment)
  const given = givenBy(environment, setting.env)
  return given === undefined ? resolveDevelopment(setting, purpose, environment) : { value: given }
}

function resolveSecret(setting: EnvSetting, purpose: Purpose, environment: Environment): Resolved {
  const given = givenSecret(setting, purpose.meaning, environment)
  if (given === undefined) return resolveDevelopment(setting, purpose, environment)
  if ('problem' in given) return given
  if (!isKnownToAll(given.value, setting, environment)) return given
  return { problem: knownToAll(given.by ?? setting.env, purpose) }
}

/** The secret that a variable holds, or the file that the variable with `_FILE` behind its name names; nothing, if neither is set. */
export function givenSecret(
  { env: name }: EnvSetting,
  meaning: string,
  environment: Environment,
): Resolved | undefined {
  const given = givenBy(environment, name)
  const variable = `${name}_FILE`
  const file = givenBy(environment, variable)
  if (file === undefined) return given === undefined ? undefined : { value: given }
  if (given !== undefined) return { problem: `${name} and ${variable} are both set.\nKeep one of them.` }
  const read = readSecretFile(file)
  return 'problem' in read
    ? { problem: `${variable}: ${read.problem}\n${meaning}` }
    : { value: read.value, by: variable }
}

function resolveDevelopment(setting: EnvSetting, purpose: Purpose, environment: Environment): Resolved {
  const orFile = purpose.isSecret ? `, or ${setting.env}_FILE=<a file that holds it>` : ''
  const example = `Example: ${setting.env}=${purpose.example}${orFile}`
  const missing = `${setting.env} is not set.\n${purpose.meaning}\n${example}`
  // A development value that applied in production would be a secret that everybody knows.
  if (!isDevelopment(environment)) return { problem: missing }
  if (setting.development !== undefined) return { value: setting.development }
  if (setting.developmentFile !== undefined) return readDevelopmentFile(setting.developmentFile, setting.env)
  return { problem: missing }
}

function givenBy(environment: Environment, name: string): string | undefined {
  const value = environment[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

/** Whoever can read the repository knows a development value: in production it would keep nobody out. */
function isKnownToAll(value: string, { development }: EnvSetting, environment: Environment): boolean {
  return value === development && !isDevelopment(environment)
}

function knownToAll(variable: string, { meaning }: Purpose): string {
  return `${variable} has the value that is written in the spec for development.\n${meaning}\nMake one of its own.`
}

/** A key is smaller; a device or a wrong path might not end. */
const LARGEST_SECRET = 64 * 1024

function readSecretFile(file: string): Resolved {
  try {
    const about = statSync(file)
    if (!about.isFile()) return { problem: `${file} is not a file.` }
    if (about.size > LARGEST_SECRET) return { problem: `${file} is larger than any secret.` }
    const text = textOf(readFileSync(file))
    if (text === undefined) return { problem: `${file} is not text in UTF-8.` }
    // The line end that editors and `echo` put there is not part of it.
    const value = text.replace(/\r?\n$/, '')
    return value.trim() === '' ? { problem: `${file} is empty.` } : { value }
  } catch (error) {
    return { problem: `${file} cannot be read (${codeOf(error)}).` }
  }
}

/** Without the mark that some editors put before it; nothing, if other bytes would be replaced: that would be another secret. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
}

function readDevelopmentFile(file: string, variable: string): Resolved {
  try {
    const value = readFileSync(resolve(file), 'utf8').trim()
    if (value !== '') return { value }
  } catch {
    // Missing and unreadable have the same cure.
  }
  return {
    problem:
      `${file} cannot be read.\n` +
      `The authorization server writes it when it starts: start that first, from the same directory. Or set ${variable}.`,
  }
}
