/** Characters that are no accident: so much of a secret, found anywhere, is a leak of it. */
const PIECE = 12

/** What must be found nowhere: texts, by what they are. */
export class Secrets {
  readonly #pieces: Map<string, string> = new Map()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** A secret as it is, and as it travels in a header, in a form and in a URL. */
  add(what: string, secret: string): string {
    this.#count += 1
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      this.#note(what, form)
    }
    return secret
  }

  /** A JWT: its header is that of every other, the rest is its own. */
  addJwt(what: string, token: string): string {
    this.#count += 1
    for (const part of token.split('.').slice(1)) this.#note(what, part)
    return token
  }

  /** A private key in PEM, line by line without those that every key has. */
  addKey(what: string, pem: string): string {
    this.#count += 1
    for (const line of pem.split('\n')) if (!line.startsWith('-----')) this.#note(what, line)
    return pem
  }

  #note(what: string, text: string): void {
    for (let at = 0; at + PIECE <= text.length; at += 1) this.#pieces.set(text.slice(at, at + PIECE), what)
  }

  /** Which secrets a text holds a piece of, each with what stands around it. */
  in(text: string): readonly string[] {
    const found = new Map<string, string>()
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      const what = this.#pieces.get(text.slice(at, at + PIECE))
      if (what !== undefined && !found.has(what)) found.set(what, text.slice(Math.max(0, at - 80), at + 40))
    }
    return [...found].map(([what, around]) => `${what}: …${around}…`)
  }
}
