import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

/** The one origin of console and server, as `mcp-gen dev` makes it. */
export interface Front {
  readonly port: number
  readonly origin: string
  /** Where requests go from now on. */
  route(targets: { readonly console: number; readonly server: number }): void
  close(): Promise<void>
}

export async function startFront(): Promise<Front> {
  let targets = { console: 0, server: 0 }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const ofConsole = pathname === '/' || pathname.startsWith('/console/')
    pass(ofConsole ? targets.console : targets.server, request, response)
  })
  const port = await listen(server)
  return {
    port,
    origin: `http://localhost:${port}`,
    route(next) {
      targets = next
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function pass(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request
  // A connection of its own: one that is kept could be closed at the other end just now.
  const passed = ask({ agent: false, host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    // An answer that breaks off breaks off for the page too.
    pipeline(answer, response, () => {})
  })
  passed.once('error', () => response.destroy())
  response.once('close', () => passed.destroy())
  request.pipe(passed)
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
