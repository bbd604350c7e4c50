import { createHash, hkdfSync } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { Seal } from './seal.js'
import type { SharedState } from './shared-state.js'

/** Bytes of a name, and of a key. */
const NAME = 24
const KEY = 32
/** Milliseconds between two lines about the same. */
const BETWEEN_NOTICES = 60_000

/** Where processes keep something for each other: a name that tells nothing, and the seal of what is kept there. */
export interface SealedPlace {
  readonly name: string
  seal(text: string): string
  /** What one of them sealed for this very place; nothing, if it is anybody else's or from elsewhere. */
  open(sealed: string): string | undefined
}

/** The shared state, with the places in it that only processes of this server can write to. */
export interface SealedState {
  readonly state: SharedState
  readonly places: SealedPlaces
}

/**
 * Places in a store that others may read and write, too. Name and key come from
 * the secret of these processes and from what the place is about. So whoever
 * writes to the store can take away and put back, and cannot make, change or move
 * anything; whoever reads it learns nothing, not even what it is about.
 */
export class SealedPlaces {
  readonly #key: Uint8Array
  readonly #log: FastifyBaseLogger
  #noticed = Number.NEGATIVE_INFINITY

  /** @param key 32 bytes, the same in every process */
  constructor(key: Uint8Array, log: FastifyBaseLogger) {
    this.#key = key
    this.#log = log
  }

  /** The place of this kind for what is told apart by these texts. */
  of(kind: string, ...about: readonly string[]): SealedPlace {
    const salt = createHash('sha256').update(JSON.stringify(about)).digest()
    const derived = new Uint8Array(hkdfSync('sha256', this.#key, salt, kind, NAME + KEY))
    const name = `${kind}:${Buffer.from(derived.subarray(0, NAME)).toString('base64url')}`
    const seal = new Seal(derived.subarray(NAME))
    return {
      name,
      seal: (text) => seal.seal(text, name),
      open: (sealed) => {
        const text = seal.open(sealed, name)
        if (text === undefined) this.#notice(kind)
        return text
      },
    }
  }

  #notice(kind: string): void {
    const now = Date.now()
    if (now - this.#noticed < BETWEEN_NOTICES) return
    this.#noticed = now
    this.#log.warn(
      { kind },
      'something in the shared state was not written by a process of this server, and is ignored',
    )
  }
}
