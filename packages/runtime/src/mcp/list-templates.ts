import type { ListResourceTemplatesResult } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import { declaredPage } from './declared-page.js'
import type { ListExchange } from './list-tools.js'
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
  const list = { method: 'resources/templates/list', kind: 'resource', all: catalogue.resources.templates } as const
  const { items, next } = declaredPage(list, catalogue, exchange, cursor)
  return { resourceTemplates: inRevision(items, exchange.protocolVersion), ...next }
}
