import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Setting } from '../definition.js'
import type { Environment } from './environment.js'
import { isDevelopment } from './environment.js'

/** What a setting is for, in the words of the message that names it. */
export interface Purpose {
  readonly meaning: string
  readonly example: string
}

export type Resolved = { readonly value: string } | { readonly problem: string }

/** The value of a setting at boot, or what to tell the person who starts the server. */
export function resolveSetting(setting: Setting, purpose: Purpose, environment: Environment): Resolved {
  if (typeof setting === 'string') return { value: setting }
  const value = environment[setting.env]
  if (value !== undefined && value.trim() !== '') return { value }
  const missing = `${setting.env} is not set.\n${purpose.meaning}\nExample: ${setting.env}=${purpose.example}`
  // A development value that applied in production would be a secret that everybody knows.
  if (!isDevelopment(environment)) return { problem: missing }
  if (setting.development !== undefined) return { value: setting.development }
  if (setting.developmentFile !== undefined) return readDevelopmentFile(setting.developmentFile, setting.env)
  return { problem: missing }
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
