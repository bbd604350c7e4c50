import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromCompiler, ToCompiler } from './compiler-messages.js'

export interface CompilerOptions {
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  /** The number of the newest generation that an earlier one made; 0 for the first. */
  readonly newest: number
  onMessage(message: FromCompiler): void
  /** Called when it ended without having been asked to: a bug of ours, which it has printed. */
  onEnd(): void
}

/** The watching compiler, in a process of its own. */
export interface Compiler {
  /** Says which generations are still of use. */
  keep(generations: readonly number[]): void
  close(): Promise<void>
}

/** Milliseconds that it may take to come back from what it does. */
const END_LIMIT = 3_000

export function startCompiler({ directory, environment, newest, onMessage, onEnd }: CompilerOptions): Compiler {
  const script = fileURLToPath(new URL('./compiler-process.js', import.meta.url))
  const child: ChildProcess = fork(script, [directory, String(newest)], {
    cwd: directory,
    env: environment,
    execArgv: [],
    // What modules of the project print while their schemas are read goes where findings go.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  let closing = false
  child.on('error', () => undefined)
  child.on('message', (message: FromCompiler) => {
    if (!closing) onMessage(message)
  })
  const ended = once(child, 'exit').catch(() => undefined)
  void ended.then(() => closing || onEnd())
  return {
    keep(generations) {
      const message: ToCompiler = { type: 'keep', generations }
      if (child.connected) child.send(message, () => undefined)
    },
    async close() {
      closing = true
      // It ends when nobody listens any more, and takes the processes that it started with it.
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT)
      await ended
      clearTimeout(timer)
    },
  }
}
