const LEAST = 16 * 1024

/**
 * Bytes that come piece by piece, kept as one piece: whoever sends each byte in a
 * chunk of its own has Node make an object for each, of some hundred times its size.
 */
export class GatheredBytes {
  #bytes: Buffer = Buffer.alloc(0)
  #size = 0

  get size(): number {
    return this.#size
  }

  get whole(): Uint8Array {
    return this.#bytes.subarray(0, this.#size)
  }

  add(piece: Buffer): void {
    const size = this.#size + piece.length
    // Most bodies are one piece, which is taken as it is.
    if (this.#size === 0) this.#bytes = piece
    else {
      if (size > this.#bytes.length) this.#grow(size)
      piece.copy(this.#bytes, this.#size)
    }
    this.#size = size
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.max(LEAST, size, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#size)
    this.#bytes = larger
  }
}
