/**
 * Main module of the project's processes, the MCP server and the authorization
 * server. It is started ahead of time, loads what nearly every server needs,
 * and then waits to be told which modules of the project to load; what those do
 * is what they do in production.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { canConnect, freePort } from './local-port.js'
import type { FromProgram, ToProgram } from './program-messages.js'

const [, , warmUp] = process.argv
let asked = false

/** Milliseconds after which it ends all the same; longer than `start` of the runtime gives itself. */
const END_LIMIT = 16_000
/** Milliseconds in which a program listens once it was loaded. */
const LISTEN_LIMIT = 5_000

/** Once only: who asks a server twice does not want to wait. Ctrl+C in a terminal asks it directly. */
function end(): void {
  if (!asked) {
    asked = true
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0)
  }
  setTimeout(() => process.exit(1), END_LIMIT).unref()
  // An open channel would keep a process that has nothing left to do.
  if (process.connected) process.disconnect()
}

process.on('SIGINT', () => {
  asked = true
  if (process.listenerCount('SIGINT') === 1) process.exit(0)
})
process.on('disconnect', end)
process.on('message', (message: ToProgram) => {
  if (message.type === 'load') void load(message.module)
  else if (message.type === 'run') void run(message.module)
  else if (message.type === 'end') end()
})

// A server that is no server of `start` has to be told where to listen, and cannot tell what it chose.
const isServer = warmUp !== undefined
const warm = isServer ? import(warmUp).catch(() => undefined) : Promise.resolve()

async function load(module: string): Promise<boolean> {
  await warm
  if (isServer) await choosePort()
  try {
    await import(module)
    send({ type: 'loaded', module })
    return true
  } catch (error) {
    send({ type: 'threw', module, error: describe(error) })
    return false
  }
}

async function run(module: string): Promise<void> {
  if (!(await load(module))) return
  if (!isServer) return leaveIfItFailed()
  const port = Number(process.env.PORT)
  for (const limit = performance.now() + LISTEN_LIMIT; performance.now() < limit; await sleep(50)) {
    if (await canConnect('127.0.0.1', port)) return send({ type: 'listening', port })
  }
  send({ type: 'silent' })
}

/** `serve` has printed why it does not listen, and set the code: only the channel keeps the process then. */
function leaveIfItFailed(): void {
  if (process.exitCode === undefined || !process.connected) return
  process.off('disconnect', end)
  process.disconnect()
}

/** Once: modules of the project may have read it. */
async function choosePort(): Promise<void> {
  if (process.env.HOST === '127.0.0.1' && process.env.PORT !== '0') return
  process.env.HOST = '127.0.0.1'
  process.env.PORT = String(await freePort())
}

function send(message: FromProgram): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

/** Anything can be thrown. */
function describe(error: unknown): string {
  try {
    return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : inspect(error)
  } catch {
    return 'it threw something that cannot be shown'
  }
}
