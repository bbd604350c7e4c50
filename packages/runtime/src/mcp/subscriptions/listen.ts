import {
  createMcpHandler,
  type McpServerFactory,
  type ServerEvent,
  type ServerEventBus,
} from '@modelcontextprotocol/server'
import type { ReadGrant } from '../../guard/grants.js'
import type { Identity } from '../../token/identity.js'
import type { Exchange } from '../exchange.js'
import { isRecord } from '../is-record.js'
import type { RequestId } from '../message.js'
import type { Change, ChangeFeed } from './change-feed.js'
import { lasts } from './lasts.js'
import { isListOf } from './list-owner.js'
import { LIMIT_REACHED } from './most-watched.js'
import { namesOf, narrowed, watchedBy } from './named-resources.js'
import type { OpenStreams } from './open-streams.js'
import { mayWatch } from './watch.js'

/** What a stream of changes works with. */
export interface Listening {
  readonly feed: ChangeFeed
  readonly streams: OpenStreams
  readonly makeServer: McpServerFactory
}

/**
 * Answers `subscriptions/listen` (2026-07-28). The stream belongs to one caller:
 * of the resources that it names only those that this caller may know of are
 * acknowledged, each change is judged again before it is told, and the stream
 * ends with the token that opened it.
 */
export async function listen(
  request: Request,
  body: unknown,
  exchange: Exchange,
  identity: Identity,
  { feed, streams, makeServer }: Listening,
): Promise<Response> {
  let end = (): void => {}
  // Before anything is waited for: those that are asked for at the same time count, too.
  const leave = streams.enter(identity, () => end())
  if (leave === undefined) return tooMany(body)
  let stays = false
  try {
    const watched = await watchedBy(body, exchange)
    const bus = busOf(feed, watched, exchange, identity)
    // A handler of its own: what one stream is told is nobody else's business, and it ends alone.
    const handler = createMcpHandler(makeServer, { legacy: 'reject', bus, maxSubscriptions: 1 })
    end = () => void handler.close()
    const response = await handler.fetch(request, { parsedBody: narrowed(body, [...watched.keys()]) })
    const id = idOf(body)
    if (id !== undefined) exchange.audit.answered(id, 'answered', namesOf(watched))
    // Refused as malformed, or nothing of it can be told: there is no stream that stays open.
    stays = bus.isOpen
    if (!stays) return response
    const timer = setTimeout(end, lasts(identity))
    timer.unref()
    bus.onEnd(() => {
      clearTimeout(timer)
      leave()
    })
    exchange.signal.addEventListener('abort', end, { once: true })
    return response
  } finally {
    if (!stays) leave()
  }
}

interface StreamBus extends ServerEventBus {
  /** Whether the stream listens. */
  readonly isOpen: boolean
  onEnd(then: () => void): void
}

/** The changes that one stream is told of. */
function busOf(
  feed: ChangeFeed,
  watched: ReadonlyMap<string, ReadGrant>,
  exchange: Exchange,
  identity: Identity,
): StreamBus {
  let open = false
  let atEnd = (): void => {}
  return {
    get isOpen() {
      return open
    },
    publish() {},
    subscribe(listener) {
      open = true
      const stop = feed.subscribe((change) => {
        void eventFor(change, watched, exchange, identity).then((event) => {
          if (event !== undefined && open) listener(event)
        })
      })
      return () => {
        open = false
        stop()
        atEnd()
      }
    },
    onEnd(then) {
      atEnd = then
    },
  }
}

async function eventFor(
  change: Change,
  watched: ReadonlyMap<string, ReadGrant>,
  exchange: Exchange,
  identity: Identity,
): Promise<ServerEvent | undefined> {
  switch (change.what) {
    case 'tools':
      return { kind: 'tools_list_changed' }
    case 'prompts':
      return { kind: 'prompts_list_changed' }
    case 'resources':
      return isListOf(change, identity) ? { kind: 'resources_list_changed' } : undefined
    case 'resource': {
      const read = watched.get(change.uri)
      const known = read !== undefined && (await mayWatch(read, exchange))
      return known ? { kind: 'resource_updated', uri: change.uri } : undefined
    }
  }
}

function tooMany(body: unknown): Response {
  return Response.json({ jsonrpc: '2.0', error: LIMIT_REACHED, id: idOf(body) ?? null })
}

function idOf(body: unknown): RequestId | undefined {
  return isRecord(body) && (typeof body.id === 'string' || typeof body.id === 'number') ? body.id : undefined
}
