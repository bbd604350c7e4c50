import type { ListPromptsResult } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import { declaredPage } from './declared-page.js'
import type { ListExchange } from './list-tools.js'
import { inRevision } from './revision-fields.js'

/**
 * One page of the prompts that a caller may know of, in the order of their names.
 *
 * @throws {ProtocolError} -32602, when the cursor is none of this list and this caller
 */
export function listPrompts(
  catalogue: Catalogue,
  exchange: ListExchange,
  cursor: string | undefined,
): ListPromptsResult {
  const list = { method: 'prompts/list', kind: 'prompt', all: catalogue.prompts.listing } as const
  const { items, next } = declaredPage(list, catalogue, exchange, cursor)
  return { prompts: inRevision(items, exchange.protocolVersion), ...next }
}
