import type { Implementation } from '@modelcontextprotocol/server'
import { caching, listHint } from '../capabilities.js'
import type { Catalogue } from '../catalogue.js'
import { type ListExchange, ownHint, toolsAsTold } from '../list-tools.js'
import { BY_NAME, cursorsOf, MOST_ON_A_PAGE, pageFrom, positionOf } from '../page.js'
import { MODERN_VERSION } from '../versions.js'
import { resultFields } from './result-fields.js'

interface Entry {
  readonly name: string
  readonly text: string
}

/** Which of the lists a client gets: in its revision, and in the words of ChatGPT or not. */
export type Told = Pick<ListExchange, 'protocolVersion' | 'readsResults'>

/**
 * The first page of `tools/list` as the text of a result, written once for each way
 * to tell it. Nobody has it written anew but for what is hidden from a caller, and for
 * the cursor of a next page, which belongs to the caller.
 */
export class PreparedList {
  readonly #entries: readonly Entry[]
  /** What else is in the result. */
  readonly #rest: Readonly<Record<string, unknown>>
  readonly #isShared: boolean
  /** Nothing, if there is more than a page. */
  readonly #whole: string | undefined

  constructor(catalogue: Catalogue, server: Implementation, told: Told) {
    const tools = toolsAsTold(catalogue, catalogue.tools.listing, told)
    const era = told.protocolVersion === MODERN_VERSION ? 'modern' : 'legacy'
    // The hint of the answer itself counts more than the server's.
    const own = ownHint(told)
    this.#rest = { ...own, ...resultFields(era, server, { ...caching(catalogue)['tools/list'], ...own }) }
    this.#isShared = listHint(catalogue, 'tool').cacheScope === 'public'
    this.#entries = tools.map((tool) => ({ name: tool.name, text: JSON.stringify(tool) }))
    this.#whole = tools.length > MOST_ON_A_PAGE ? undefined : this.#textOf(this.#entries)
  }

  for(exchange: Pick<ListExchange, 'grants' | 'seal' | 'identity'>): string {
    const shown = exchange.grants.shown(this.#entries, 'tool')
    if (this.#whole !== undefined && shown.length === this.#entries.length) return this.#whole
    const cursors = cursorsOf('tools/list', this.#isShared, exchange)
    const { items, next } = pageFrom(shown, BY_NAME, positionOf(undefined, cursors), cursors)
    return this.#textOf(items, next)
  }

  #textOf(entries: readonly Entry[], next: Readonly<Record<string, unknown>> = {}): string {
    const members = JSON.stringify({ ...next, ...this.#rest }).slice(1)
    const tools = `{"tools":[${entries.map(({ text }) => text).join(',')}]`
    return members === '}' ? `${tools}}` : `${tools},${members}`
  }
}
