import { PassThrough, Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import type { Environment } from '../../src/configuration/environment.js'
import type { ServerDefinition } from '../../src/index.js'
import { type StdioServer, serveStdio } from '../../src/stdio/serve-stdio.js'
import type { AuditRecord } from './harness.js'

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
export type Line = any

/** A server on a pair of pipes, as a client process has it. */
export interface StdioHarness {
  readonly input: PassThrough
  readonly output: PassThrough
  readonly server: StdioServer
  /** Since the last time that somebody asked, without that of `notifications/initialized`. */
  readonly audits: () => AuditRecord[]
  readonly log: () => string
  /** Writes a message, or a line as it stands. */
  send(message: unknown): void
  /** The next line that the server writes. */
  next(): Promise<Line>
  /** A request of revision 2026-07-28 and its answer. */
  modern(method: string, params?: object): Promise<Line>
  /** A request of an older revision and its answer. */
  legacy(method: string, params?: object): Promise<Line>
  initialize(capabilities?: object, protocolVersion?: string): Promise<Line>
  /** Every line that was written and that nobody asked for. */
  left(): readonly Line[]
  close(): Promise<void>
}

const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
}

export async function stdioHarness(definition: ServerDefinition, environment: Environment): Promise<StdioHarness> {
  const input = new PassThrough()
  const output = new PassThrough()
  const logged: string[] = []
  const log: Logger = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk))
        done()
      },
    }),
  )
  const server = await serveStdio(definition, { input, output, environment, log })
  const lines: Line[] = []
  const waiting: ((line: Line) => void)[] = []
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const line: Line = JSON.parse(part)
      const first = waiting.shift()
      if (first === undefined) lines.push(line)
      else first(line)
    }
  })
  let id = 0
  let read = 0
  const next = (): Promise<Line> =>
    lines.length > 0 ? Promise.resolve(lines.shift()) : new Promise((resolve) => waiting.push(resolve))
  const send = (message: unknown): void => {
    input.write(typeof message === 'string' ? `${message}\n` : `${JSON.stringify(message)}\n`)
  }
  const ask = async (method: string, params: object): Promise<Line> => {
    id += 1
    send({ jsonrpc: '2.0', id, method, params })
    return next()
  }
  return {
    input,
    output,
    server,
    log: () => logged.join(''),
    audits() {
      const fresh = logged.slice(read).map((line) => JSON.parse(line))
      read = logged.length
      return fresh.flatMap(({ audit }) =>
        audit === undefined || audit.method === 'notifications/initialized' ? [] : [audit as AuditRecord],
      )
    },
    send,
    next,
    modern: (method, params = {}) => ask(method, { ...params, _meta: ENVELOPE }),
    legacy: (method, params = {}) => ask(method, params),
    async initialize(capabilities = {}, protocolVersion = '2025-11-25') {
      const clientInfo = { name: 'test', version: '1' }
      const answer = await ask('initialize', { protocolVersion, capabilities, clientInfo })
      send({ jsonrpc: '2.0', method: 'notifications/initialized' })
      return answer
    },
    left: () => lines,
    async close() {
      input.end()
      await server.ended
    },
  }
}
