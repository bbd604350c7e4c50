import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { createInterface } from 'node:readline'
import { INITIALIZE } from './harness.js'

const RUNTIME = new URL('../../dist/index.js', import.meta.url).href

/** A project's entry file: what processes share shows nowhere else. `definition` is what the generated files say. */
export const entryOf = (definition: string, before = ''): string => `
import { start, serverFactory } from ${JSON.stringify(RUNTIME)}
${before}
await start(() => serverFactory(${definition})({ allowedHosts: ['127.0.0.1'] }))
`

/** A server as a process of its own. */
export interface Instance {
  readonly process: ChildProcess
  readonly port: number
  readonly log: () => string
  /** Resolves when a line of the log says this, from now on. */
  says(text: string): Promise<void>
  /** The same, or has said it already. */
  said(text: string): Promise<void>
}

const instances: Instance[] = []
const balancers: Server[] = []

export async function startInstance(entry: string, environment: Readonly<Record<string, string>>): Promise<Instance> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', entry], {
    env: { ...process.env, NODE_ENV: 'test', HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const waiting = new Set<(line: string) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const tell of waiting) tell(line)
  })
  const next = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const look = (line: string): void => {
        const found = pattern.exec(line)
        if (found === null) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
    })
  const [, port] = await next(/listening on http:\/\/127\.0\.0\.1:(\d+)/)
  const instance: Instance = {
    process: child,
    port: Number(port),
    log: () => lines.join('\n'),
    says: async (text) => void (await next(new RegExp(text))),
    said: async (text) => {
      if (!lines.some((line) => line.includes(text))) await next(new RegExp(text))
    },
  }
  instances.push(instance)
  return instance
}

/** Each connection goes to the next one. */
export async function balance(ports: readonly number[]): Promise<number> {
  let turn = 0
  const server = createServer((socket) => {
    const port = ports[turn % ports.length] ?? 0
    turn += 1
    const upstream = connect(port, '127.0.0.1')
    const end = (): void => void [socket.destroy(), upstream.destroy()]
    socket.on('error', end).pipe(upstream).on('error', end).pipe(socket)
  })
  balancers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Ends every instance and balancer that was started. */
export async function stopInstances(): Promise<void> {
  for (const { process: child } of instances.splice(0)) {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  for (const balancer of balancers.splice(0)) await new Promise((resolve) => balancer.close(resolve))
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Sends a body to an instance, by a connection of its own. */
export async function post(
  port: number,
  token: string,
  body: unknown = INITIALIZE,
  more: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const text = JSON.stringify(body)
  const headers = {
    host: 'notes.example.com',
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': Buffer.byteLength(text),
    ...more,
  }
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/mcp', headers, agent: false })
    request.on('error', reject).on('response', (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (part) => {
        answer += part
      })
      response.on('error', reject).on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: answer })
      })
    })
    request.end(text)
  })
}

export async function ask(port: number, token: string): Promise<number> {
  return (await post(port, token)).status
}

export async function times(count: number, one: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) statuses.push(await one())
  return statuses
}
