import type { IncomingMessage } from 'node:http'
import { LEGACY } from '../http/request.js'
import { begin, send } from '../http/send.js'
import { type Member, STAFF, uriOf } from './member.js'
import { legacyBy, modernBy, streamOf } from './requests.js'

/** One open subscription, and what it was told so far. */
export interface Subscription {
  readonly member: Member
  /** What it may be told of. */
  readonly may: ReadonlySet<string>
  /** When it was told of what: milliseconds, by URI. */
  readonly told: ReadonlyMap<string, readonly number[]>
  /** What should not have come. */
  readonly wrong: readonly string[]
  /** Whether the server is still there. */
  readonly isOpen: boolean
  close(): void
}

/**
 * Subscribes to the board of a member, and to what that member may not know of:
 * the board of others, and, without the scope, the one for staff.
 */
export async function subscribe(port: number, member: Member, era: 'modern' | 'legacy'): Promise<Subscription> {
  const may = new Set([uriOf(member.board), ...(member.isStaff ? [STAFF] : [])])
  const asked = [uriOf(member.board), uriOf(member.foreign), STAFF]
  const stream = await (era === 'modern' ? listen(port, member, asked) : openSession(port, member, asked, may))
  const told = new Map<string, number[]>([...may].map((uri) => [uri, []]))
  const wrong: string[] = []
  let isOpen = true
  let acknowledged: () => void = () => {}
  const ready = new Promise<void>((resolve) => {
    acknowledged = resolve
  })
  stream.once('close', () => {
    isOpen = false
    acknowledged()
  })
  // Of an older session the stream is there when its head is.
  if (era === 'legacy') acknowledged()
  readEvents(stream, ({ method, params }) => {
    const uri = params?.uri
    if (method === 'notifications/subscriptions/acknowledged') {
      const honoured = params?.notifications?.resourceSubscriptions ?? []
      if (honoured.length !== may.size || !honoured.every((one) => may.has(one))) wrong.push(`told to tell ${honoured}`)
      acknowledged()
    } else if (method === 'notifications/resources/updated' && uri !== undefined && may.has(uri)) {
      told.get(uri)?.push(performance.now())
    } else wrong.push(`${method ?? 'a message'} ${uri ?? ''}`)
  })
  await ready
  return {
    member,
    may,
    told,
    wrong,
    get isOpen() {
      return isOpen
    },
    close: () => stream.destroy(),
  }
}

async function listen(port: number, member: Member, uris: readonly string[]): Promise<IncomingMessage> {
  const request = modernBy(member, 'subscriptions/listen', { notifications: { resourceSubscriptions: uris } })
  return opened(await begin(undefined, port, request))
}

async function openSession(
  port: number,
  member: Member,
  uris: readonly string[],
  may: ReadonlySet<string>,
): Promise<IncomingMessage> {
  const clientInfo = { name: 'load', version: '1' }
  const params = { protocolVersion: LEGACY, capabilities: {}, clientInfo }
  const { headers } = await send(undefined, port, legacyBy(member, 'initialize', params))
  const session = String(headers['mcp-session-id'])
  for (const uri of uris) {
    const { text } = await send(undefined, port, legacyBy(member, 'resources/subscribe', { uri }, session))
    if (text.includes('"error"') === may.has(uri)) throw new Error(`subscribing to ${uri}: ${text}`)
  }
  return opened(await begin(undefined, port, streamOf(member, session)))
}

function opened(response: IncomingMessage): IncomingMessage {
  if (response.statusCode === 200) return response
  throw new Error(`a subscription was answered with ${response.statusCode}`)
}

interface Message {
  readonly method?: string
  readonly params?: {
    readonly uri?: string
    readonly notifications?: { readonly resourceSubscriptions?: readonly string[] }
  }
}

function readEvents(stream: IncomingMessage, take: (message: Message) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const events = (rest + text).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = /^data: ?(.+)$/m.exec(event)?.[1]
      if (data !== undefined) take(JSON.parse(data))
    }
  })
  // Whatever ends it, that it ended is what counts.
  stream.on('error', () => {})
}
