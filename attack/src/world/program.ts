import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { REPORTER } from './places.js'

/** What a server under attack says of itself. */
export interface Report {
  readonly runs: readonly { readonly handler: string; readonly subject: string; readonly given: unknown }[]
  /** Bytes in use, after what nobody needs is collected, if that was asked for. */
  readonly memory: number
  /** Milliseconds of processor time since it started. */
  readonly cpu: number
}

/** A server as a process of its own. */
export class Program {
  readonly port: number
  readonly #child: ChildProcess
  readonly #printed: string[]
  readonly #ended: Promise<unknown>
  #running = true

  private constructor(child: ChildProcess, port: number, printed: string[], ended: Promise<unknown>) {
    this.#child = child
    this.port = port
    this.#printed = printed
    this.#ended = ended
    child.once('exit', () => {
      this.#running = false
    })
  }

  /** @throws When it ends before it listens; the message holds what it printed. */
  static async start(script: string, cwd: string, environment: NodeJS.ProcessEnv): Promise<Program> {
    const child = fork(script, [], {
      cwd,
      execArgv: ['--expose-gc', '--import', REPORTER],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Nothing of whoever attacks: a DATABASE_URL of the shell would be used.
      env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...environment },
    })
    // Whatever ends this process, the server does not outlive it.
    const kill = (): boolean => child.kill('SIGKILL')
    process.once('exit', kill)
    const printed: string[] = []
    child.stdout?.on('data', (text) => printed.push(String(text)))
    child.stderr?.on('data', (text) => printed.push(String(text)))
    const ended = once(child, 'close').then(() => process.off('exit', kill))
    const port = await Promise.race([listeningPort(child), ended.then(() => undefined)])
    if (port === undefined) throw new Error(`${script} ended before it listened:\n${printed.join('')}`)
    return new Program(child, port, printed, ended)
  }

  get isRunning(): boolean {
    return this.#running
  }

  /** Everything that it printed. */
  get log(): string {
    return this.#printed.join('')
  }

  /** Calls back with each line that it prints from now on. */
  onLine(listener: (line: string) => void): void {
    if (this.#child.stdout !== null) createInterface({ input: this.#child.stdout }).on('line', listener)
  }

  /** Drops what was printed, for runs that last. */
  forgetLog(): void {
    this.#printed.splice(0)
  }

  /** Asks what ran since the last time, and what it holds. */
  async report(collect: 'collect' | 'report' = 'report'): Promise<Report> {
    const answer = new Promise<Report>((resolve, reject) => {
      const onMessage = (message: unknown): void => {
        if (!isReport(message)) return
        this.#child.off('message', onMessage).off('exit', onExit)
        resolve(message)
      }
      const onExit = (): void => reject(new Error(`the server ended:\n${this.log.slice(-4_000)}`))
      this.#child.on('message', onMessage).once('exit', onExit)
    })
    this.#child.send(collect)
    return answer
  }

  async stop(): Promise<void> {
    if (this.#running) this.#child.kill('SIGTERM')
    await this.#ended
  }
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !('port' in message)) return
      child.off('message', onMessage)
      resolve(Number(message.port))
    }
    child.on('message', onMessage)
  })
}

function isReport(message: unknown): message is Report {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'report'
}
