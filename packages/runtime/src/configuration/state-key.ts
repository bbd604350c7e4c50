import { hkdfSync, randomBytes } from 'node:crypto'
import type { Operations } from './operations.js'

/**
 * The key that seals what clients keep between two requests. Without a secret
 * it is made at boot, which is enough for one process: after a restart, a
 * question that is still open has to be asked again.
 */
export function stateKey({ stateSecret }: Operations): Uint8Array {
  if (stateSecret === undefined) return randomBytes(32)
  return new Uint8Array(hkdfSync('sha256', stateSecret, '', 'mcp-secure request state', 32))
}
