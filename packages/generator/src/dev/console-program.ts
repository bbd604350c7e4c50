import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ConsoleState, Decision, FromConsole, ToConsole } from './console-messages.js'
import type { Tell } from './dev-event.js'
import { readPlainLog } from './read-log.js'

/** The page of the project, if the project has it installed. */
export interface ConsoleProgram {
  show(state: ConsoleState): void
  decided(decision: Decision): void
  close(): Promise<void>
}

export interface ConsoleProgramOptions {
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  readonly tell: Tell
  /** Called with its port when it listens, and with null when it has ended. */
  onPort(port: number | null): void
}

/** Null if `@mcp-secure/console` is not installed in the project. */
export function startConsole({ directory, environment, tell, onPort }: ConsoleProgramOptions): ConsoleProgram | null {
  const module = moduleOf(directory)
  if (module === null) return null
  const child = fork(module, [], {
    cwd: directory,
    env: environment,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.on('error', () => undefined)
  printLines(child, tell)
  let closing = false
  child.on('message', (message: FromConsole) => {
    if (message.type === 'listening') onPort(message.port)
  })
  const ended = once(child, 'exit').catch(() => undefined)
  void ended.then(() => {
    if (closing) return
    onPort(null)
    tell({ event: 'notice', level: 'warn', message: 'The console ended. Start mcp-gen dev again to have it back.' })
  })
  const send = (message: ToConsole): void => {
    if (child.connected) child.send(message, () => undefined)
  }
  return {
    show: (state) => send({ type: 'state', state }),
    decided: (decision) => send({ type: 'decision', decision }),
    async close() {
      closing = true
      // It has nothing to lose: what it shows is ours.
      child.kill('SIGKILL')
      await ended
    },
  }
}

function moduleOf(directory: string): string | null {
  try {
    return createRequire(join(directory, 'package.json')).resolve('@mcp-secure/console/serve')
  } catch {
    return null
  }
}

function printLines(child: ChildProcess, tell: Tell): void {
  const readLine = readPlainLog('console', tell)
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => readLine(line, 'out'))
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => readLine(line, 'err'))
}
