import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FromProgram, ToProgram } from './program-messages.js'
import type { ReadLine } from './read-log.js'

export interface ProgramOptions {
  /** The project. */
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  /** For an MCP server: a module to load before anything is asked for. */
  readonly warmUp?: string
  /** Gets each line that the program prints; what it prints to stderr while it starts is the reason if it fails. */
  readonly readLine: ReadLine
}

/** A process of the project. */
export interface Program {
  readonly pid: number | undefined
  /** Resolves when it has ended, with the reason as a person would say it. */
  readonly ended: Promise<string>
  isRunning(): boolean
  /**
   * Imports a module, by URL.
   *
   * @throws {ProgramFailure} when it throws, or the process ends
   */
  load(module: string): Promise<void>
  /**
   * The same with a module that listens; resolves with its port.
   *
   * @throws {ProgramFailure} also when it does not listen
   */
  run(module: string): Promise<number>
  /** Asks it to end and waits until it has; kills it if it takes too long. */
  end(): Promise<void>
  /** Ends it at once: it has nothing open. */
  kill(): void
}

/** Why a program of the project did not start, for the developer. */
export class ProgramFailure extends Error {}

/** Longer than a program gives itself. */
const END_LIMIT = 20_000

/** The last lines that a program printed to stderr while it started. */
const REMEMBERED_LINES = 40

export function startProgram({ directory, environment, warmUp, readLine }: ProgramOptions): Program {
  const script = fileURLToPath(new URL('./program-process.js', import.meta.url))
  const child = fork(script, warmUp === undefined ? [] : [warmUp], {
    cwd: directory,
    env: environment,
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.on('error', () => undefined)
  const startup = startupOf(child, readLine)
  const ended = endOf(child)
  const send = (message: ToProgram): void => {
    // A process that is gone cannot be asked; that it is gone is told by `ended`.
    if (child.connected) child.send(message, () => undefined)
  }

  async function until<T extends FromProgram>(
    isIt: (message: FromProgram) => message is T,
    ask: ToProgram,
  ): Promise<T> {
    const answer = nextMessage(child, (message): message is T | Threw => message.type === 'threw' || isIt(message))
    send(ask)
    const outcome = await Promise.race([answer, ended])
    if (typeof outcome === 'string') throw new ProgramFailure(startup.complaint() || `It ended with ${outcome}.`)
    if (outcome.type === 'threw') throw new ProgramFailure(outcome.error)
    return outcome as T
  }

  return {
    pid: child.pid,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async load(module) {
      await until((message): message is Loaded => message.type === 'loaded', { type: 'load', module })
    },
    async run(module) {
      const isIt = (message: FromProgram): message is Listening | Silent =>
        message.type === 'listening' || message.type === 'silent'
      const outcome = await until(isIt, { type: 'run', module })
      if (outcome.type === 'silent') throw new ProgramFailure(SILENT)
      startup.isOver()
      return outcome.port
    },
    async end() {
      send({ type: 'end' })
      const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT)
      await ended
      clearTimeout(timer)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

type Threw = Extract<FromProgram, { type: 'threw' }>
type Loaded = Extract<FromProgram, { type: 'loaded' }>
type Listening = Extract<FromProgram, { type: 'listening' }>
type Silent = Extract<FromProgram, { type: 'silent' }>

const SILENT =
  'main.ts was run, and nothing listens where HOST and PORT say.\n' +
  'Use start() of @mcp-secure/runtime, or listen({ host: process.env.HOST, port: Number(process.env.PORT) }).'

/** What a program prints to stderr is held back until it has started: it is the reason if it does not. */
function startupOf(child: ChildProcess, readLine: ReadLine): { isOver(): void; complaint(): string } {
  const held: string[] = []
  let over = false
  const isOver = (): void => {
    over = true
    for (const line of held.splice(0)) readLine(line, 'err')
  }
  eachLine(child.stdout, (line) => readLine(line, 'out'))
  eachLine(child.stderr, (line) => {
    if (over) return readLine(line, 'err')
    held.push(line)
    if (held.length > REMEMBERED_LINES) held.shift()
  })
  return { isOver, complaint: () => held.join('\n') }
}

function eachLine(stream: ChildProcess['stdout'], use: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', use)
}

function nextMessage<T extends FromProgram>(
  child: ChildProcess,
  isIt: (message: FromProgram) => message is T,
): Promise<T> {
  return new Promise((resolve) => {
    const listen = (message: FromProgram): void => {
      if (!isIt(message)) return
      child.off('message', listen)
      resolve(message)
    }
    child.on('message', listen)
  })
}

/** After its output was read to the end. */
async function endOf(child: ChildProcess): Promise<string> {
  const [code, signal] = (await once(child, 'close').catch(() => [null, 'an error'])) as [number | null, string | null]
  return code === null ? `${signal}` : `exit code ${code}`
}
