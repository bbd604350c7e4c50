import type { ListToolsResult } from '@modelcontextprotocol/server'
import { listHint } from './capabilities.js'
import type { Catalogue } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { BY_NAME, cursorsOf, pageFrom, positionOf } from './page.js'
import { inRevision } from './revision-fields.js'

/** What a list depends on of the request that asks for it. */
export type ListExchange = Pick<Exchange, 'grants' | 'protocolVersion' | 'readsResults' | 'seal' | 'identity'>

/**
 * One page of the tools that a caller may know of, in the order of their names.
 *
 * @throws {ProtocolError} -32602, when the cursor is none of this list and this caller
 */
export function listTools(catalogue: Catalogue, exchange: ListExchange, cursor: string | undefined): ListToolsResult {
  const { cacheScope } = listHint(catalogue, 'tool')
  const cursors = cursorsOf('tools/list', cacheScope === 'public', exchange)
  const position = positionOf(cursor, cursors)
  const shown = exchange.grants.shown(catalogue.tools.listing, 'tool')
  const { items: page, next } = pageFrom(shown, BY_NAME, position, cursors)
  const items = inRevision(page, exchange.protocolVersion)
  if (!exchange.readsResults) return { tools: items, ...next }
  // Told to one kind of client only: nothing that a shared cache may hand to another.
  return { tools: catalogue.tools.withSecuritySchemes(items), ...next, cacheScope: 'private' }
}
