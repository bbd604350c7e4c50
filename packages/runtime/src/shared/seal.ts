import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

/**
 * Seals text that is kept where others can reach it, with a client or in a
 * store: nobody without the key reads it, or writes one that opens. It is good
 * only for what it was `bound` to.
 */
export class Seal {
  readonly #key: Uint8Array

  /** @param key 32 bytes, the same in every process that may open it */
  constructor(key: Uint8Array) {
    this.#key = key
  }

  seal(text: string, bound: string): string {
    const iv = randomBytes(IV)
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(Buffer.from(bound))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** What was sealed; nothing, if it was not sealed with this key and for this. */
  open(sealed: string, bound: string): string | undefined {
    try {
      const bytes = Buffer.from(sealed, 'base64url')
      // Node skips what is no base64, so that more than one text would open.
      if (bytes.toString('base64url') !== sealed) return undefined
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, IV), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(IV, IV + TAG))
      return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }
}
