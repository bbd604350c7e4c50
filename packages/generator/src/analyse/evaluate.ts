import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Evaluated, EvaluationMessage, EvaluationRequest, EvaluationTask } from './evaluation.js'

export interface EvaluateOptions {
  readonly directory: string
  /** How long one module may take to load. */
  readonly timeoutSeconds: number
}

export type Evaluations = ReadonlyMap<string, Evaluated>

/**
 * Loads modules in a child process and returns what each exports. A module that
 * ends or blocks that process is noted, and the rest goes on in a new one.
 */
export async function evaluate(tasks: readonly EvaluationTask[], options: EvaluateOptions): Promise<Evaluations> {
  const found = new Map<string, Evaluated>()
  let rest = tasks
  while (rest.length > 0) {
    await evaluateInOneProcess(rest, options, found)
    rest = rest.filter(({ module }) => !found.has(module))
  }
  return found
}

function evaluateInOneProcess(
  tasks: readonly EvaluationTask[],
  { directory, timeoutSeconds }: EvaluateOptions,
  found: Map<string, Evaluated>,
): Promise<void> {
  const child = startChild(directory)
  let current = tasks[0]?.module ?? ''
  let timer = startTimer()
  child.send({ directory, tasks } satisfies EvaluationRequest)

  function startTimer(): NodeJS.Timeout {
    return setTimeout(() => {
      found.set(current, { kind: 'hung', seconds: timeoutSeconds })
      child.kill('SIGKILL')
    }, timeoutSeconds * 1000)
  }

  return new Promise((resolve, reject) => {
    child.on('message', (message: EvaluationMessage) => {
      clearTimeout(timer)
      if (message.type === 'finished') return void child.kill('SIGKILL')
      timer = startTimer()
      if (message.type === 'started') current = message.module
      else found.set(message.module, message.outcome)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (!found.has(current))
        found.set(current, { kind: 'ended', exit: code === null ? `${signal}` : `exit code ${code}` })
      resolve()
    })
  })
}

function startChild(directory: string): ChildProcess {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const script = fileURLToPath(new URL(`./load-modules.${extension}`, import.meta.url))
  return fork(script, {
    cwd: directory,
    // Run from its own TypeScript source, as the tests do, the script needs a loader.
    execArgv: extension === 'ts' ? ['--import', import.meta.resolve('jiti/register')] : [],
    // What a module prints goes to stderr, so that stdout stays ours.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
}
