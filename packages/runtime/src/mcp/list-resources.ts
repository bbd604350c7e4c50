import { type ListResourcesResult, ProtocolErrorCode, type Resource } from '@modelcontextprotocol/server'
import type { Grant } from '../guard/grant.js'
import { resourceListHint } from './capabilities.js'
import type { Catalogue } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { refuseToTell } from './exchanged-tokens.js'
import { handlerContext } from './handler-context.js'
import { type Answered, failed } from './handler-failure.js'
import { listedResource } from './listed-resource.js'
import { type Cursors, cursorsOf, type Keys, type Position, pageFrom, positionOf } from './page.js'
import type { PreparedResource, ResourceCatalogue } from './resource-catalogue.js'
import { inRevision } from './revision-fields.js'

/** In the order in which each template lists its own. */
const BY_URI: Keys<Resource> = { of: ({ uri }) => uri, sorted: false }

/** Of one template. What it lists beyond is left out, and written down. */
const MOST_LISTED = 10_000

/** A page of the list of resources that was asked for. */
export interface ResourcePage {
  readonly resources: ResourceCatalogue
  readonly position: Position
  readonly cursors: Cursors
}

/** @throws {ProtocolError} -32602, when the cursor is none of this list and this caller */
export function resourcePage(
  catalogue: Catalogue,
  exchange: Pick<Exchange, 'seal' | 'identity'>,
  cursor: string | undefined,
): ResourcePage {
  const { cacheScope } = resourceListHint(catalogue)
  const cursors = cursorsOf('resources/list', cacheScope === 'public', exchange)
  return { resources: catalogue.resources, position: positionOf(cursor, cursors), cursors }
}

/**
 * One page of the resources with one URI, which are the same for everybody, and
 * of those that templates say there are for this caller. A template without a grant is
 * not asked. What cannot stand in a URI is left out, so that one odd row of a
 * database does not hide the others.
 */
export async function listResources(
  { resources: catalogue, position, cursors }: ResourcePage,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Answered<ListResourcesResult>> {
  const resources: Resource[] = [...exchange.grants.shown(catalogue.listing, 'resource')]
  for (const template of catalogue.all) {
    const grant = template.module.list === undefined ? undefined : exchange.grants.of(template)
    if (grant === undefined) continue
    try {
      resources.push(...(await listOf(grant, exchange, signal)))
    } catch (error) {
      const what = 'The resources could not be listed.'
      return failed(template, error, exchange, { told: ProtocolErrorCode.InternalError, what })
    }
  }
  const { items, next } = pageFrom(resources, BY_URI, position, cursors)
  return { result: { resources: inRevision(items, exchange.protocolVersion), ...next }, outcome: 'answered' }
}

async function listOf(grant: Grant<PreparedResource>, exchange: Exchange, signal: AbortSignal): Promise<Resource[]> {
  const { item } = grant
  const returned: unknown = await item.module.list?.(handlerContext(grant, exchange, signal))
  if (!Array.isArray(returned)) throw new TypeError('list() returns an array.')
  const listed = returned.slice(0, MOST_LISTED).flatMap((entry) => listedResource(item, entry) ?? [])
  const leftOut = returned.length - listed.length
  refuseToTell(item, listed, exchange)
  if (leftOut > 0) exchange.log.warn({ resource: item.name, leftOut }, `the resource ${item.name} lists what cannot be`)
  return listed
}
