import { resolve } from 'node:path'
import type { Io } from './io.js'

/** The scopes of the project that a command line is about, for a shell. */
export async function declaredScopes(words: readonly string[], io: Io): Promise<readonly string[]> {
  const { readServer } = await import('../read-server.js')
  const at = words.indexOf('--project')
  const { server } = readServer(resolve(io.cwd, at === -1 ? '.' : (words[at + 1] ?? '.')))
  const scopes = server === null || typeof server.scopes === 'string' ? [] : server.scopes.value
  return scopes.map(({ name }) => name)
}
