import { hkdfSync, randomBytes } from 'node:crypto'
import type { Operations } from './operations.js'

/**
 * The key that seals what clients keep between two requests. Without a secret
 * it is made at boot, which is enough for one process: after a restart, a
 * question that is still open has to be asked again.
 */
export function stateKey({ stateSecret }: Pick<Operations, 'stateSecret'>): Uint8Array {
  return derived(stateSecret, 'mcp-secure request state') ?? randomBytes(32)
}

/**
 * The key that seals what processes keep for each other in a shared store;
 * nothing without a secret: one that each made for itself opens nothing.
 */
export function sharedKey({ stateSecret }: Pick<Operations, 'stateSecret'>): Uint8Array | undefined {
  return derived(stateSecret, 'mcp-secure shared state')
}

function derived(secret: string | undefined, purpose: string): Uint8Array | undefined {
  return secret === undefined ? undefined : new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32))
}
