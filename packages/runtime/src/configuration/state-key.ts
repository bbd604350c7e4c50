import { hkdfSync, randomBytes } from 'node:crypto'
import { ConfigurationError } from './configuration-error.js'
import type { Environment } from './environment.js'

const SHORTEST = 32

/**
 * The key that seals what clients keep between two requests. Without a secret
 * it is made at boot, which is enough for one process: after a restart, a
 * question that is still open has to be asked again.
 *
 * @throws {ConfigurationError} when the secret is too short to be one
 */
export function stateKey(environment: Environment): Uint8Array {
  return derived(environment, 'mcp-secure request state') ?? randomBytes(32)
}

/**
 * The key that seals what processes keep for each other in a shared store;
 * nothing without a secret: one that each made for itself opens nothing.
 *
 * @throws {ConfigurationError} when the secret is too short to be one
 */
export function sharedKey(environment: Environment): Uint8Array | undefined {
  return derived(environment, 'mcp-secure shared state')
}

function derived(environment: Environment, purpose: string): Uint8Array | undefined {
  const secret = environment.MCP_STATE_SECRET?.trim() ?? ''
  if (secret === '') return undefined
  if (secret.length < SHORTEST) {
    throw new ConfigurationError([
      `MCP_STATE_SECRET is too short: it has fewer than ${SHORTEST} characters.\n` +
        'It seals what clients keep while they are asked something, and what processes share in a Redis. Set it to the same value on every machine.',
    ])
  }
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32))
}
