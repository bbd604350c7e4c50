import { createServer } from 'node:net'
import { listen } from './listen.js'

/** An address inside the network where nobody may be led to: it counts who comes. */
export interface Trap {
  readonly port: number
  visits(): number
  close(): Promise<void>
}

export async function setTrap(): Promise<Trap> {
  let visits = 0
  const server = createServer((socket) => {
    visits += 1
    socket.on('error', () => {}).destroy()
  })
  const { port, close } = await listen(server)
  return { port, visits: () => visits, close }
}
