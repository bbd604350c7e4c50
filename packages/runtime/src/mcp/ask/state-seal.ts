import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Milliseconds in which a client has to come back with answers: people read, think, and look things up. */
const LIFETIME = 10 * 60_000

const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

/**
 * Seals what a client keeps for this server between two requests (MCP
 * 2026-07-28, requestState). It can neither read nor change it, and it is good
 * only for what it was `bound` to, and only for ten minutes.
 */
export class StateSeal {
  readonly #key: Uint8Array

  /** @param key 32 bytes, the same on every machine that may be asked next */
  constructor(key: Uint8Array) {
    this.#key = key
  }

  seal(value: unknown, bound: string): string {
    const iv = randomBytes(IV)
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(bound))
    const text = JSON.stringify({ value, until: Date.now() + LIFETIME })
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** What was sealed; nothing, if it was not sealed here, for this, and lately. */
  open(text: string, bound: string): { readonly value: unknown } | undefined {
    try {
      const bytes = Buffer.from(text, 'base64url')
      // Node skips what is no base64, so that more than one text would open.
      if (bytes.toString('base64url') !== text) return undefined
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, IV), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(IV, IV + TAG))
      const opened = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()])
      const { value, until }: { value: unknown; until: number } = JSON.parse(opened.toString('utf8'))
      return until > Date.now() ? { value } : undefined
    } catch {
      return undefined
    }
  }
}
