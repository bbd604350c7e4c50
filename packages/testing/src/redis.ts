import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findProgram } from './find-program.js'
import { freePort } from './free-port.js'

/** A Redis server that exists for one test run, and that a test can take away. */
export interface TemporaryRedis {
  /** With a password, so that a test can look for it in a log. */
  readonly url: string
  readonly password: string
  /** Lets it hang: connections stay, and nothing is answered. Not on Windows. */
  pause(): void
  resume(): void
  /** Ends it at once. What it knew is forgotten. */
  kill(): Promise<void>
  /** Starts it again, on the same port. */
  restart(): Promise<void>
  /** Stops it and removes its files. */
  stop(): Promise<void>
}

/**
 * Starts a throwaway Redis on an ephemeral loopback port, or returns `undefined`
 * when none is installed, so that a test can say that it was skipped.
 */
export async function startRedis(): Promise<TemporaryRedis | undefined> {
  const program = await findProgram('redis-server')
  if (program === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'mcp-secure-redis-'))
  const port = await freePort()
  const password = `pass-${Math.random().toString(36).slice(2)}`
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--requirepass', password]
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(program, [...settings, '--save', '', '--appendonly', 'no'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await untilReady(server)
    return server
  }
  const end = async (server: ChildProcess): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const exited = once(server, 'exit')
    // A process that hangs ends by this signal, too.
    server.kill('SIGKILL')
    await exited
  }
  let server = await start()
  return {
    url: `redis://:${password}@127.0.0.1:${port}/0`,
    password,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    kill: () => end(server),
    async restart() {
      await end(server)
      server = await start()
    },
    async stop() {
      await end(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (server.stdout === null) throw new Error('Redis has no output')
  const lines = createInterface({ input: server.stdout })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error('Redis ended before it was ready')))
  })
}
