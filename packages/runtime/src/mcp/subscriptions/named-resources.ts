import type { ReadGrant } from '../../guard/grants.js'
import type { Exchange } from '../exchange.js'
import { isRecord } from '../is-record.js'
import { mayWatch } from './watch.js'

/** The resources that a body names and that this caller may know of, by their URI. */
export async function watchedBy(body: unknown, exchange: Exchange): Promise<ReadonlyMap<string, ReadGrant>> {
  const watched = new Map<string, ReadGrant>()
  for (const uri of namedUris(body)) {
    const read = exchange.grants.read(uri)
    if (read !== undefined && (await mayWatch(read, exchange))) watched.set(uri, read)
  }
  return watched
}

/** What the spec calls them, each once. */
export function namesOf(watched: ReadonlyMap<string, ReadGrant>): readonly string[] {
  return [...new Set([...watched.values()].map(({ grant }) => grant.item.name))]
}

function filterOf(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const params = isRecord(body) && isRecord(body.params) ? body.params : {}
  return isRecord(params.notifications) ? params.notifications : undefined
}

function namedUris(body: unknown): readonly string[] {
  const named = filterOf(body)?.resourceSubscriptions
  return Array.isArray(named) ? named.filter((uri) => typeof uri === 'string') : []
}

/** The same request for fewer resources. What is malformed stays so, for the SDK to refuse. */
export function narrowed(body: unknown, uris: readonly string[]): unknown {
  const filter = filterOf(body)
  const named = filter?.resourceSubscriptions
  if (!isRecord(body) || !isRecord(body.params) || !Array.isArray(named)) return body
  if (named.some((uri) => typeof uri !== 'string')) return body
  return { ...body, params: { ...body.params, notifications: { ...filter, resourceSubscriptions: uris } } }
}
