import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { Server } from 'node:net'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Listens on a loopback port that the system chooses. */
export async function listen(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return {
    port: address.port,
    async close() {
      if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
