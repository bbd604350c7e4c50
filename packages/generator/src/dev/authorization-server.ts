import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Generation } from './compiler-messages.js'
import type { Tell } from './dev-event.js'
import { type Program, startProgram } from './program.js'
import { readPlainLog } from './read-log.js'

export interface AuthorizationServerOptions {
  readonly directory: string
  environment(): NodeJS.ProcessEnv
  readonly tell: Tell
}

/** The embedded authorization server of the project, which outlives its MCP servers. */
export interface AuthorizationServer {
  /**
   * Runs it from this generation, unless what runs was started with the same
   * `key`. Returns why it does not start, or null.
   */
  show(generation: Generation, key: string): Promise<string | null>
  close(): Promise<void>
}

/** How often it is started again within a minute. */
const RESTARTS_A_MINUTE = 3

export function createAuthorizationServer({
  directory,
  environment,
  tell,
}: AuthorizationServerOptions): AuthorizationServer {
  let running: { readonly program: Program; readonly key: string } | null = null
  let newest: Generation | null = null
  let closing = false
  const restarts: number[] = []

  async function start(generation: Generation, key: string): Promise<string | null> {
    const program = startProgram({ directory, environment: environment(), readLine: readPlainLog('auth', tell) })
    running = { program, key }
    try {
      await program.run(pathToFileURL(join(generation.directory, 'generated', 'authorization-server.gen.js')).href)
    } catch (error) {
      running = null
      await program.end()
      return error instanceof Error ? error.message : String(error)
    }
    void program.ended.then((reason) => {
      if (running?.program === program && !closing) void restart(reason, key)
    })
    return null
  }

  async function restart(reason: string, key: string): Promise<void> {
    running = null
    const now = performance.now()
    restarts.push(now)
    while ((restarts[0] ?? now) < now - 60_000) restarts.shift()
    const isHopeless = restarts.length > RESTARTS_A_MINUTE || newest === null
    const problem = isHopeless || newest === null ? 'it ends again and again' : await start(newest, key)
    const outcome = problem === null ? 'and was started again' : `and stays so: ${problem}`
    tell({ event: 'notice', level: 'error', message: `The authorization server ended with ${reason} ${outcome}` })
  }

  return {
    async show(generation, key) {
      newest = generation
      if (running?.key === key) return null
      const old = running
      running = null
      await old?.program.end()
      return start(generation, key)
    },
    async close() {
      closing = true
      await running?.program.end()
    },
  }
}
