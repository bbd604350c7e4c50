import type { CacheHint, ListToolsResult, Tool } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import { declaredPage } from './declared-page.js'
import type { Exchange } from './exchange.js'
import { inRevision } from './revision-fields.js'

/** What a list depends on of the request that asks for it. */
export type ListExchange = Pick<Exchange, 'grants' | 'protocolVersion' | 'readsResults' | 'seal' | 'identity'>

/**
 * One page of the tools that a caller may know of, in the order of their names.
 *
 * @throws {ProtocolError} -32602, when the cursor is none of this list and this caller
 */
export function listTools(catalogue: Catalogue, exchange: ListExchange, cursor: string | undefined): ListToolsResult {
  const list = { method: 'tools/list', kind: 'tool', all: catalogue.tools.listing } as const
  const { items, next } = declaredPage(list, catalogue, exchange, cursor)
  return { tools: toolsAsTold(catalogue, items, exchange), ...next, ...ownHint(exchange) }
}

/** Tools in the words of a client: those of its revision, and of ChatGPT. */
export function toolsAsTold(
  { tools }: Catalogue,
  listed: readonly Tool[],
  { protocolVersion, readsResults }: Pick<ListExchange, 'protocolVersion' | 'readsResults'>,
): Tool[] {
  const items = inRevision(listed, protocolVersion)
  return readsResults ? tools.withSecuritySchemes(items) : items
}

/** What is told to one kind of client only is nothing that a shared cache may hand to another. */
export function ownHint({ readsResults }: Pick<ListExchange, 'readsResults'>): CacheHint {
  return readsResults ? { cacheScope: 'private' } : {}
}
