import { type ClientRequest, type IncomingMessage, request as newRequest, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { consoleRefusal, isForConsole } from './console-gate.js'
import { type LocalServer, listenLocally } from './listen.js'

/** What stands at the resource's address while programs behind it come and go. */
export interface Front {
  readonly port: number
  /** Requests go to this port of this machine from now on, and those that wait as well. */
  serve(port: number): void
  /** Requests wait, for a while: the next server is on its way. */
  hold(): void
  /** Nothing is on its way: requests are told so at once. */
  refuse(): void
  /** Where the console is; until then its address says how to get one. */
  setConsole(port: number | null): void
  /** Resolves when what was taken so far has reached the server behind and, as a rule, is answered. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds that a request waits for a server: longer than a shutdown waits for its tools. */
const WAIT_LIMIT = 12_000
/** Milliseconds after which a request that is not answered yet has certainly been read. */
const READ_BY_THEN = 250

/** Null if the port is taken. */
export async function openFront(port: number): Promise<Front | null> {
  let target: number | 'none' | Promise<number | 'none'> = 'none'
  let release: ((port: number | 'none') => void) | null = null
  let consolePort: number | null = null
  const open = new Set<ServerResponse>()

  function set(next: number | 'none'): void {
    target = next
    release?.(next)
    release = null
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isForConsole(request)) {
      const refusal = consoleRefusal(request)
      if (refusal !== null) send(response, refusal.status, refusal.text)
      else if (consolePort === null) send(response, 200, NO_CONSOLE)
      else forward(request, response, consolePort)
      return
    }
    const to = typeof target === 'object' ? await withinLimit(target) : target
    if (response.destroyed) return
    if (to === 'none') {
      send(response, 503, NO_SERVER, { 'retry-after': '1' })
      return
    }
    open.add(response)
    response.once('close', () => open.delete(response))
    forward(request, response, to)
  }

  const local: LocalServer | null = await listenLocally(port, (request, response) => void answer(request, response))
  if (local === null) return null
  return {
    port: local.port,
    serve: set,
    refuse: () => set('none'),
    hold() {
      if (release !== null) return
      target = new Promise((resolve) => (release = resolve))
    },
    setConsole: (to) => (consolePort = to),
    settled: () => settled([...open]),
    async close() {
      set('none')
      await local.close()
    },
  }
}

const NO_SERVER =
  'The MCP server is not running: its project does not build or start. The terminal of mcp-gen dev says why.\n'
const NO_CONSOLE =
  'The MCP server is running. To see its tools and call them from this page, install the console:\n\n' +
  '  npm install --save-dev @mcp-secure/console\n\nthen start mcp-gen dev again.\n'

async function withinLimit(target: Promise<number | 'none'>): Promise<number | 'none'> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'none'>((resolve) => {
    timer = setTimeout(() => resolve('none'), WAIT_LIMIT)
  })
  return Promise.race([target, limit]).finally(() => clearTimeout(timer))
}

async function settled(open: readonly ServerResponse[]): Promise<void> {
  if (open.length === 0) return
  let timer: NodeJS.Timeout | undefined
  const read = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, READ_BY_THEN)
  })
  const closed = open.map((response) => new Promise<void>((resolve) => response.once('close', () => resolve())))
  await Promise.race([Promise.all(closed), read]).finally(() => clearTimeout(timer))
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers })
  response.end(text)
}

/**
 * Hands a request on with its headers as they came, repeated ones and `Host`
 * included: what the guard refuses in production it refuses here. One
 * connection a request, so that none is idle when the server behind ends.
 */
function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const onward = startRequest(request, port)
  if (onward === null) {
    send(response, 400, 'This is no request that can be handed on.\n')
    return
  }
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
    // An event stream begins before its first event.
    response.flushHeaders()
    // However one side ends, the other one ends.
    pipeline(answer, response, () => undefined)
  })
  onward.on('error', () => {
    if (response.headersSent) response.destroy()
    else send(response, 503, NO_ANSWER, { 'retry-after': '1' })
  })
  response.once('close', () => onward.destroy())
  // The server behind decides by the head, before there is a body.
  onward.flushHeaders()
  request.pipe(onward)
}

const NO_ANSWER = 'The program behind this address ended before it answered.\n'

function startRequest(request: IncomingMessage, port: number): ClientRequest | null {
  const { method, url, rawHeaders } = request
  try {
    return newRequest({
      host: '127.0.0.1',
      port,
      method,
      path: url,
      headers: endToEnd(rawHeaders),
      setHost: false,
      agent: false,
    })
  } catch {
    return null
  }
}

/** RFC 9110 section 7.6.1: these are about one connection, and each side has its own. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'proxy-connection'])

function endToEnd(raw: readonly string[]): string[] {
  return raw.filter((_text, index) => !CONNECTION_HEADERS.has((raw[index - (index % 2)] ?? '').toLowerCase()))
}
