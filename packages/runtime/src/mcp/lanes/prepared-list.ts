import type { Tool } from '@modelcontextprotocol/server'

interface Entry {
  readonly name: string
  readonly text: string
}

/** The result of `tools/list` as text, written once: of it only what is hidden from a caller is left out. */
export class PreparedList {
  readonly #entries: readonly Entry[]
  /** What follows the list in the result. */
  readonly #rest: string
  readonly #whole: string

  constructor(tools: readonly Tool[], rest: Readonly<Record<string, unknown>>) {
    this.#entries = tools.map((tool) => ({ name: tool.name, text: JSON.stringify(tool) }))
    const [, members = ''] = /^\{(.*)\}$/s.exec(JSON.stringify(rest)) ?? []
    this.#rest = members === '' ? '' : `,${members}`
    this.#whole = this.#textOf(this.#entries)
  }

  without(hidden: ReadonlySet<string>): string {
    return hidden.size === 0 ? this.#whole : this.#textOf(this.#entries.filter(({ name }) => !hidden.has(name)))
  }

  #textOf(entries: readonly Entry[]): string {
    return `{"tools":[${entries.map(({ text }) => text).join(',')}]${this.#rest}}`
  }
}
