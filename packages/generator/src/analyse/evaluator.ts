import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Evaluated, EvaluationMessage, EvaluationRequest, EvaluationTask } from './evaluation.js'

/** How long one module may take to load, if nobody says otherwise. */
export const MODULE_TIMEOUT_SECONDS = 30

export interface EvaluatorOptions {
  readonly directory: string
  /** How long one module may take to load. */
  readonly timeoutSeconds: number
  /** Whether another process is started ahead of the next evaluation. */
  readonly keepsSpare: boolean
}

export type Evaluations = ReadonlyMap<string, Evaluated>

/** A task with a stamp of the module and all that it imports; null if that cannot be told. */
export interface StampedTask extends EvaluationTask {
  readonly stamp: string | null
}

/** Loads modules of the user in processes of their own. */
export interface Evaluator {
  evaluate(tasks: readonly StampedTask[]): Promise<Evaluations>
  /** Ends every process; an evaluation that is under way ends with what it has. */
  close(): void
}

/**
 * A module is loaded again only if it, or something that it imports, changed,
 * and always in a new process: a module that was loaded before stays in the
 * cache of its process.
 */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const known = new Map<string, { readonly stamp: string; readonly evaluated: Evaluated }>()
  const children = createChildren(options)
  return {
    async evaluate(tasks) {
      const found = new Map<string, Evaluated>()
      const changed = tasks.filter(({ module, stamp }) => stamp === null || known.get(module)?.stamp !== stamp)
      const isLeft = ({ module }: StampedTask) => !found.has(module)
      const isOver = () => children.isClosed() || countHung(found) === MOST_HUNG
      for (let rest = changed; rest.length > 0 && !isOver(); rest = rest.filter(isLeft)) {
        await evaluateInOneProcess(children.take(), rest, options, found)
      }
      for (const { module, stamp } of tasks) {
        const evaluated = found.get(module) ?? known.get(module)?.evaluated
        if (evaluated === undefined) continue
        found.set(module, evaluated)
        if (stamp === null || !isLasting(evaluated)) known.delete(module)
        else known.set(module, { stamp, evaluated })
      }
      children.prepare()
      return found
    },
    close: () => children.close(),
  }
}

/** Many modules may import one that hangs: what the first of them say is enough, and has an end. */
const MOST_HUNG = 3

function countHung(found: Evaluations): number {
  return [...found.values()].filter(({ kind }) => kind === 'hung').length
}

/** A failure may have a cause outside the source, so it is tried again. */
function isLasting({ kind }: Evaluated): boolean {
  return kind !== 'threw' && kind !== 'ended' && kind !== 'hung'
}

/** At most one process works, and one waits for its turn. */
interface Children {
  take(): ChildProcess
  prepare(): void
  close(): void
  isClosed(): boolean
}

/** Milliseconds until the next process is started: what somebody waits for now comes first. */
const REST = 500

function createChildren({ directory, keepsSpare }: EvaluatorOptions): Children {
  // The first one starts while the source is still being parsed.
  let spare: ChildProcess | null = startChild(directory)
  let working: ChildProcess | null = null
  let resting: NodeJS.Timeout | undefined
  let closed = false
  return {
    take() {
      working = spare?.connected ? spare : startChild(directory)
      spare = null
      return working
    },
    prepare() {
      if (!keepsSpare) return
      clearTimeout(resting)
      resting = setTimeout(() => {
        if (!closed && !spare?.connected) spare = startChild(directory)
      }, REST)
      resting.unref()
    },
    close() {
      closed = true
      clearTimeout(resting)
      spare?.kill('SIGKILL')
      working?.kill('SIGKILL')
    },
    isClosed: () => closed,
  }
}

/** A process that says it is done has answered for every module, unless a module tampered with it. */
const NO_ANSWER: Evaluated = { kind: 'ended', exit: 'no answer', place: null }

/** What a busy machine may need before the first module is even looked at. */
const STARTUP_SECONDS = 30

/**
 * A module that ends or blocks the process is noted; what comes after it is
 * left for the next process.
 */
function evaluateInOneProcess(
  child: ChildProcess,
  tasks: readonly EvaluationTask[],
  { timeoutSeconds }: EvaluatorOptions,
  found: Map<string, Evaluated>,
): Promise<void> {
  let current = tasks[0]?.module ?? ''
  let timer = startTimer(timeoutSeconds + STARTUP_SECONDS)
  const request: EvaluationRequest = { tasks: tasks.map(({ module, kind }) => ({ module, kind })) }
  // A process that is gone cannot be asked; that it is gone is told by `exit`.
  child.send(request, () => undefined)

  function startTimer(seconds = timeoutSeconds): NodeJS.Timeout {
    return setTimeout(() => {
      found.set(current, { kind: 'hung', seconds: timeoutSeconds })
      child.kill('SIGKILL')
    }, seconds * 1000)
  }

  return new Promise((resolve, reject) => {
    child.on('message', (message: EvaluationMessage) => {
      clearTimeout(timer)
      if (message.type === 'finished') {
        child.kill('SIGKILL')
        for (const { module } of tasks) if (!found.has(module)) found.set(module, NO_ANSWER)
        return resolve()
      }
      timer = startTimer()
      if (message.type === 'started') current = message.module
      else found.set(message.module, message.outcome)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      const exit = code === null ? `${signal}` : `exit code ${code}`
      if (!found.has(current)) found.set(current, { kind: 'ended', exit, place: null })
      resolve()
    })
  })
}

function startChild(directory: string): ChildProcess {
  const script = fileURLToPath(new URL('./load-modules.js', import.meta.url))
  const child = fork(script, [directory], {
    cwd: directory,
    execArgv: [],
    // What a module prints goes to stderr, so that stdout stays ours.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  // A process that fails before it is taken is not taken: `connected` tells.
  return child.on('error', () => undefined)
}
