import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody listens on. The resource has it in its name, so it is needed before the server listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
