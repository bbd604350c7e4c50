import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Generation } from './compiler-messages.js'
import type { Tell } from './dev-event.js'
import type { Front } from './front.js'
import { type Program, startProgram } from './program.js'
import { readServerLog } from './read-log.js'

export interface ServersOptions {
  readonly directory: string
  readonly warmUp: string
  readonly front: Front
  /** As it is now: a process that was started with another one is not used. */
  environment(): NodeJS.ProcessEnv
  readonly tell: Tell
}

/** The MCP server of the project: always the last generation that works, each in a new process. */
export interface Servers {
  /**
   * Puts a generation in the place of the one that runs, once `login` is there. If
   * it does not load or start, the one that ran last runs on, or again, and why is
   * returned; null if it is live.
   */
  show(generation: Generation, login: Promise<unknown>): Promise<string | null>
  /** The generation that answers, or that did last. */
  last(): Generation | null
  close(): Promise<void>
}

interface Live {
  readonly generation: Generation
  readonly program: Program
}

/** Milliseconds until the next process is started: the first requests to the new server come first. */
const REST = 500

/** A server that ends more often than this within a minute does so for a reason that starting it again does not cure. */
const RESTARTS_A_MINUTE = 3

/**
 * A process waits ahead with what every server loads. A generation is loaded
 * into it while the old one answers; what throws then changes nothing. Where
 * only one process may have the project's services open, the old one then ends
 * before the new one starts, and requests wait at the front; otherwise the new
 * one starts first.
 */
export function createServers(options: ServersOptions): Servers {
  const { front, tell } = options
  const programs = new Set<Program>()
  let live: Live | null = null
  let last: Generation | null = null
  let spare: Spare | null = start()
  let queue: Promise<unknown> = Promise.resolve()
  let closing = false
  let resting: NodeJS.Timeout | undefined
  const crashes: number[] = []

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  function start(): Spare {
    const { directory, warmUp } = options
    const environment = options.environment()
    const program = startProgram({ directory, warmUp, environment, readLine: readServerLog(tell) })
    programs.add(program)
    void program.ended.then(() => programs.delete(program))
    return { program, environment }
  }

  function takeSpare(): Program {
    const taken = isUsable(spare) ? spare : start()
    if (taken !== spare) spare?.program.kill()
    spare = null
    return taken.program
  }

  function isUsable(one: Spare | null): one is Spare {
    return one?.program.isRunning() === true && one.environment === options.environment()
  }

  function prepareSpare(): void {
    clearTimeout(resting)
    resting = setTimeout(() => {
      if (!closing && !isUsable(spare)) spare = start()
    }, REST)
  }

  function begin(generation: Generation, program: Program, port: number): void {
    live = { generation, program }
    last = generation
    front.serve(port)
    void program.ended.then((reason) => {
      if (live?.program === program && !closing) void inTurn(() => afterCrash(generation, program, reason))
    })
  }

  async function afterCrash(generation: Generation, program: Program, reason: string): Promise<void> {
    if (live?.program !== program || closing) return
    live = null
    front.hold()
    const now = performance.now()
    crashes.push(now)
    while ((crashes[0] ?? now) < now - 60_000) crashes.shift()
    const problem = crashes.length > RESTARTS_A_MINUTE ? 'it ends again and again.' : await startAgain(generation)
    if (problem !== null) front.refuse()
    const outcome = problem === null ? 'and was started again.' : `and is not started again: ${problem}`
    tell({ event: 'notice', level: 'error', message: `The server ended with ${reason} ${outcome}` })
    prepareSpare()
  }

  /** Null if it runs. */
  async function startAgain(generation: Generation): Promise<string | null> {
    if (closing) return 'everything ends'
    const program = takeSpare()
    try {
      await program.load(moduleOf(generation, 'generated', 'server.gen.js'))
      begin(generation, program, await program.run(moduleOf(generation, 'main.js')))
      return null
    } catch (error) {
      await program.end()
      return messageOf(error)
    }
  }

  async function replace(generation: Generation, login: Promise<unknown>): Promise<string | null> {
    if (closing) return 'everything ends'
    const program = takeSpare()
    const old = live
    try {
      await program.load(moduleOf(generation, 'generated', 'server.gen.js'))
    } catch (error) {
      program.kill()
      if (old === null) front.refuse()
      return messageOf(error)
    }
    // A server tries its issuer out when it starts: one that is on its way would be reported as missing.
    await login
    const endsFirst = old !== null && (generation.isExclusive || old.generation.isExclusive)
    if (endsFirst) await retire(old)
    try {
      if (closing) throw new Error('everything ends')
      const port = await program.run(moduleOf(generation, 'main.js'))
      begin(generation, program, port)
      crashes.length = 0
      if (old !== null && !endsFirst) void front.settled().then(() => old.program.end())
      return null
    } catch (error) {
      // It may have opened what the one that is brought back needs.
      await program.end()
      const problem = messageOf(error)
      if (endsFirst && !closing) await bringBack(old.generation)
      else if (old === null) front.refuse()
      return problem
    }
  }

  async function retire(old: Live): Promise<void> {
    live = null
    front.hold()
    await front.settled()
    await old.program.end()
  }

  async function bringBack(generation: Generation): Promise<void> {
    const problem = await startAgain(generation)
    if (problem === null) return
    front.refuse()
    tell({ event: 'notice', level: 'error', message: `The last good server does not start any more: ${problem}` })
  }

  return {
    last: () => last,
    show: (generation, login) => inTurn(() => replace(generation, login).finally(prepareSpare)),
    async close() {
      closing = true
      clearTimeout(resting)
      spare?.program.kill()
      live = null
      // One that is just being started is among them, and another one is not started any more.
      while (programs.size > 0) await Promise.all([...programs].map((program) => program.end()))
      await queue
    },
  }
}

interface Spare {
  readonly program: Program
  readonly environment: NodeJS.ProcessEnv
}

function moduleOf({ directory }: Generation, ...path: readonly string[]): string {
  return pathToFileURL(join(directory, ...path)).href
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
