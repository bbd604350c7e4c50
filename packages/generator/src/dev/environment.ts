import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { isSystemError } from '../load/system-error.js'

/** The file in the project's folder that holds what only this machine knows. */
export const ENVIRONMENT_FILE = '.env'

export type ProjectEnvironment =
  | { readonly variables: NodeJS.ProcessEnv }
  /** Why nothing may run, in one line. */
  | { readonly problem: string }

/**
 * What the programs of a project get: the project's `.env`, over which the real
 * environment wins, in development mode. Nothing of it is ever printed.
 */
export function projectEnvironment(directory: string, real: NodeJS.ProcessEnv): ProjectEnvironment {
  const written = readWritten(directory)
  if (typeof written === 'string') return { problem: `${ENVIRONMENT_FILE} cannot be read (${written}).` }
  if (real.NODE_ENV === 'production') return { problem: `NODE_ENV is production. ${ONLY_DEVELOPMENT}` }
  if (written.NODE_ENV === 'production') {
    return { problem: `NODE_ENV is production in ${ENVIRONMENT_FILE}. ${ONLY_DEVELOPMENT}` }
  }
  return { variables: { ...written, ...real, NODE_ENV: 'development' } }
}

const ONLY_DEVELOPMENT = 'mcp-gen dev is for development only: unset it, or start the built server (npm start).'

/** What the file sets, which is nothing where there is none; the system's code where it cannot be read. */
function readWritten(directory: string): NodeJS.Dict<string> | string {
  try {
    return parseEnv(readFileSync(join(directory, ENVIRONMENT_FILE), 'utf8'))
  } catch (error) {
    if (!isSystemError(error)) throw error
    return error.code === 'ENOENT' ? {} : error.code
  }
}
