import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromConsole, ToConsole } from '../../src/definition.js'

const entry = fileURLToPath(new URL('../../dist/serve.js', import.meta.url))

/** The console as `mcp-gen dev` has it: a process that is told what to show. */
export interface ConsoleProcess {
  readonly port: number
  send(message: ToConsole): void
  stop(): Promise<number | null>
}

export async function startConsole(): Promise<ConsoleProcess> {
  const child = forkConsole({ NODE_ENV: 'development' })
  const [message] = (await once(child, 'message')) as [FromConsole]
  return {
    port: message.port,
    send: (next) => void child.send(next),
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      const [code] = await ended
      return code
    },
  }
}

export function forkConsole(environment: NodeJS.ProcessEnv): ChildProcess {
  return fork(entry, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
}
