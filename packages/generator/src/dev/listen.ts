import { lookup } from 'node:dns/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canConnect } from './local-port.js'

/** One server, at every address that `localhost` has. */
export interface LocalServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens on a port of this machine and no other: clients take 127.0.0.1 or
 * ::1 for `localhost`, so both are listened on. Null if the port is taken.
 */
export async function listenLocally(port: number, answer: RequestListener): Promise<LocalServer | null> {
  const addresses = await localAddresses()
  // Some systems let a second program listen on a port beside one that listens on every address.
  if (port !== 0 && (await Promise.all(addresses.map((address) => canConnect(address, port)))).includes(true))
    return null
  const servers: Server[] = []
  let actual = port
  for (const address of addresses) {
    const server = createServer(SERVER_OPTIONS, answer)
    const outcome = await listen(server, address, actual)
    if (outcome === 'absent') continue
    if (outcome === 'taken') {
      await Promise.all(servers.map(close))
      // Whoever let the system choose a port gets another one.
      return port === 0 ? listenLocally(0, answer) : null
    }
    servers.push(server)
    actual = (server.address() as AddressInfo).port
  }
  if (servers.length === 0) return null
  return { port: actual, close: async () => void (await Promise.all(servers.map(close))) }
}

/** What the guard would see of a connection is for the server behind to bound. */
const SERVER_OPTIONS = { keepAliveTimeout: 72_000, requestTimeout: 0 } as const

async function localAddresses(): Promise<readonly string[]> {
  const found = await lookup('localhost', { all: true }).catch(() => [])
  return [...new Set(['127.0.0.1', ...found.map(({ address }) => address)])]
}

function listen(server: Server, host: string, port: number): Promise<'listens' | 'taken' | 'absent'> {
  return new Promise((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' ? 'absent' : 'taken'),
    )
    server.listen(port, host, () => resolve('listens'))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
