import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DevEvent } from '../../../dist/dev/dev-event.js'
import { testDirectory } from '../../support/project.js'

const PROGRAM = join(testDirectory, '..', 'bin', 'mcp-gen.js')

export interface RunningDev {
  readonly process: ChildProcess
  readonly resource: string
  readonly origin: string
  readonly events: readonly DevEvent[]
  /** Everything that was printed, to both streams. */
  printed(): string
  /** The first event of which this is true, from the position on; of those that came already too. */
  event<E extends DevEvent['event']>(
    name: E,
    isIt?: (event: Extract<DevEvent, { event: E }>) => boolean,
    from?: number,
  ): Promise<Extract<DevEvent, { event: E }>>
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  end(signal?: NodeJS.Signals): Promise<number | null>
}

const running = new Set<RunningDev>()
/** For a file whose tests have one each. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.end()))
}

export interface StartOptions {
  readonly argv?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Leaves the addresses to the spec. */
  readonly ownAddresses?: boolean
}

/** `mcp-gen dev --format json` in a project, at ports that the system chose. */
export async function startDev(directory: string, options: StartOptions = {}): Promise<RunningDev> {
  const { argv = [], env = {}, ownAddresses = false } = options
  const resource = `http://localhost:${await freePort()}/mcp`
  const addresses = { MCP_RESOURCE: resource, MCP_AUTH_ISSUER: `http://localhost:${await freePort()}` }
  const { NODE_ENV: _test, MCP_RESOURCE: _resource, ...inherited } = process.env
  const child = spawn(process.execPath, [PROGRAM, 'dev', '--format', 'json', ...argv], {
    cwd: directory,
    env: { ...inherited, ...(ownAddresses ? {} : addresses), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const events: DevEvent[] = []
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const check of waiting) check()
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    if (line.startsWith('{')) events.push(JSON.parse(line) as DevEvent)
    tell()
  })
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  let over = false
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      over = true
      tell()
      resolve(code)
    }),
  )
  const dev: RunningDev = {
    process: child,
    resource,
    origin: new URL(resource).origin,
    events,
    printed: () => lines.join('\n'),
    event: (name, isIt = () => true, from = 0) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = events.slice(from).find((event) => event.event === name && isIt(event as never))
          if (found === undefined && !over) return
          waiting.delete(check)
          if (found === undefined) reject(new Error(`It ended before there was such a ${name}:\n${lines.join('\n')}`))
          else resolve(found as never)
        }
        waiting.add(check)
        check()
      }),
    ended,
    async end(signal = 'SIGINT') {
      running.delete(dev)
      if (!over) child.kill(signal)
      return ended
    },
  }
  running.add(dev)
  return dev
}

/** Starts it and waits until the first build is live. */
export async function liveDev(directory: string, options: StartOptions = {}): Promise<RunningDev> {
  const dev = await startDev(directory, options)
  await dev.event('build', ({ status }) => status === 'live')
  return dev
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Calls a tool without a token; only a public one answers. */
export async function callTool(url: string, name: string, args: object = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Asks again until it is so; the test's own limit ends it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20)
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A process that ended and that nobody has asked about yet.
  return process.platform !== 'linux' || !/^State:\s+[ZX]/m.test(statusOf(pid))
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return 'State: X'
  }
}

/** The processes that this one started, and those that they did. Linux only. */
export function descendants(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(/^PPid:\s+(\d+)/m.exec(statusOf(Number(name)))?.[1]) }))
  const children = parents.filter(({ parent }) => parent === pid).map((child) => child.pid)
  return children.flatMap((child) => [child, ...descendants(child)])
}
