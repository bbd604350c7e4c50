import { listHint } from './capabilities.js'
import type { Catalogue, ItemKind } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { BY_NAME, cursorsOf, pageFrom, positionOf } from './page.js'

/** A list of what the spec declares of one kind, in the order of the names. */
export interface DeclaredList<I> {
  readonly method: string
  readonly kind: ItemKind
  readonly all: readonly I[]
}

/**
 * One page of what a caller may know of.
 *
 * @throws {ProtocolError} -32602, when the cursor is none of this list and this caller
 */
export function declaredPage<I extends { readonly name: string }>(
  { method, kind, all }: DeclaredList<I>,
  catalogue: Catalogue,
  exchange: Pick<Exchange, 'grants' | 'seal' | 'identity'>,
  cursor: string | undefined,
): ReturnType<typeof pageFrom<I>> {
  const { cacheScope } = listHint(catalogue, kind)
  const cursors = cursorsOf(method, cacheScope === 'public', exchange)
  const position = positionOf(cursor, cursors)
  return pageFrom(exchange.grants.shown(all, kind), BY_NAME, position, cursors)
}
