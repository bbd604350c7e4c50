import type { ListResourceTemplatesResult } from '@modelcontextprotocol/server'
import { listHint } from './capabilities.js'
import type { Catalogue } from './catalogue.js'
import type { ListExchange } from './list-tools.js'
import { BY_NAME, cursorsOf, pageFrom, positionOf } from './page.js'
import { inRevision } from './revision-fields.js'

/**
 * One page of the resource templates that a caller may know of, in the order of their names.
 *
 * @throws {ProtocolError} -32602, when the cursor is none of this list and this caller
 */
export function listTemplates(
  catalogue: Catalogue,
  exchange: ListExchange,
  cursor: string | undefined,
): ListResourceTemplatesResult {
  const { cacheScope } = listHint(catalogue, 'resource')
  const cursors = cursorsOf('resources/templates/list', cacheScope === 'public', exchange)
  const position = positionOf(cursor, cursors)
  const shown = exchange.grants.shown(catalogue.resources.templates, 'resource')
  const { items: page, next } = pageFrom(shown, BY_NAME, position, cursors)
  const items = inRevision(page, exchange.protocolVersion)
  return { resourceTemplates: items, ...next }
}
