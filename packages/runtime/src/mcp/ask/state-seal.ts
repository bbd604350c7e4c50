import { Seal } from '../../shared/seal.js'

/** Milliseconds in which a client has to come back with answers: people read, think, and look things up. */
const LIFETIME = 10 * 60_000

/**
 * Seals what a client keeps for this server between two requests (MCP
 * 2026-07-28, requestState). It can neither read nor change it, and it is good
 * only for what it was `bound` to, and only for ten minutes.
 */
export class StateSeal {
  readonly #seal: Seal

  /** @param key 32 bytes, the same on every machine that may be asked next */
  constructor(key: Uint8Array) {
    this.#seal = new Seal(key)
  }

  seal(value: unknown, bound: string): string {
    return this.#seal.seal(JSON.stringify({ value, until: Date.now() + LIFETIME }), bound)
  }

  /** What was sealed; nothing, if it was not sealed here, for this, and lately. */
  open(text: string, bound: string): { readonly value: unknown } | undefined {
    const opened = this.#seal.open(text, bound)
    if (opened === undefined) return undefined
    const { value, until }: { value: unknown; until: number } = JSON.parse(opened)
    return until > Date.now() ? { value } : undefined
  }
}
