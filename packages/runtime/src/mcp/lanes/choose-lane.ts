import type { IncomingHttpHeaders } from 'node:http'
import type { Decided } from '../../guard/states.js'
import { isRecord } from '../is-record.js'
import type { RequestId } from '../message.js'
import { MODERN_VERSION, VERSIONS } from '../versions.js'

export type Era = Decided['era']

/** A request of which nothing is in doubt: what the compiled lane answers. */
export type PlainRequest = { readonly era: Era; readonly id: RequestId } & (
  | { readonly method: 'tools/call'; readonly name: string; readonly arguments: unknown }
  | { readonly method: 'tools/list' | 'server/discover' }
)

/** Members that the parameters of each method may have here. */
const MEMBERS: Readonly<Record<PlainRequest['method'], ReadonlySet<string>>> = {
  'tools/call': new Set(['name', 'arguments', '_meta']),
  // With a cursor it is the SDK lane's.
  'tools/list': new Set(['_meta']),
  'server/discover': new Set(['_meta']),
}

/**
 * Chooses the lane of a request, once it may be answered: a plain request goes
 * the compiled lane, and for everything else there is nothing here, so that the
 * SDK answers it. The one place that chooses.
 *
 * | compiled lane                    | why                                                       |
 * |----------------------------------|-----------------------------------------------------------|
 * | `tools/call`, tool without `uses` | it needs its input and its caller, and sends one answer  |
 * | `tools/call`, no such tool       | the answer is the same for every name                     |
 * | `tools/list`, the first page      | the same for everybody, less what is hidden from a caller |
 * | `server/discover`, 2026-07-28    | the same for everybody; older revisions do not have it    |
 *
 * In any other form it is the SDK's to say what is wrong, in its words: a batch,
 * a notification, a response, a request in a session, an envelope, header or
 * parameter that is missing, malformed, unknown or spelled in another way. A
 * condition that is too narrow here costs time, and nothing else.
 */
export function plainRequest(decided: Decided): PlainRequest | undefined {
  const { era, isRequest, messages, body, session } = decided
  const [message] = messages
  if (!isRequest || session !== undefined || message?.id === undefined || !isRecord(body)) return undefined
  const method = methodOf(message.method, era)
  const params = body.params === undefined ? {} : body.params
  if (method === undefined || !isRecord(params)) return undefined
  if (Object.keys(params).some((member) => !MEMBERS[method].has(member))) return undefined
  const { id } = message
  if (method !== 'tools/call') return agrees(decided, method) ? { era, id, method } : undefined
  const { name, arguments: args } = params
  if (typeof name !== 'string' || !(args === undefined || isRecord(args))) return undefined
  if (message.item?.kind === 'tool' && message.item.uses.length > 0) return undefined
  return agrees(decided, method, name) ? { era, id, method, name, arguments: args } : undefined
}

function methodOf(method: string | undefined, era: Era): PlainRequest['method'] | undefined {
  if (method === 'tools/call' || method === 'tools/list') return method
  return method === 'server/discover' && era === 'modern' ? method : undefined
}

/** Whether the headers are just what the body says, in the plainest spelling. */
function agrees({ era, protocolVersion, raw }: Decided, method: string, name?: string): boolean {
  return era === 'modern'
    ? protocolVersion === MODERN_VERSION && repeats(raw.headers, method, name)
    : isNegotiated(raw.headers) && acceptsBoth(raw.headers)
}

/**
 * MCP 2026-07-28, Streamable HTTP, standard request headers. A name in Base64, or
 * with blanks around it, of which a header has none, is the SDK's to compare.
 */
function repeats(headers: IncomingHttpHeaders, method: string, name: string | undefined): boolean {
  return (
    headers['mcp-protocol-version'] === MODERN_VERSION &&
    headers['mcp-method'] === method &&
    (name === undefined || (headers['mcp-name'] === name && !/^=\?base64\?|^\s|\s$/.test(name)))
  )
}

/** MCP 2025-11-25, protocol version header: without one the revision is 2025-03-26. */
function isNegotiated({ 'mcp-protocol-version': version }: IncomingHttpHeaders): boolean {
  return version === undefined || (typeof version === 'string' && VERSIONS.includes(version))
}

/** MCP 2025-11-25, Streamable HTTP: a client accepts both, and is answered 406 otherwise. */
function acceptsBoth({ accept = '' }: IncomingHttpHeaders): boolean {
  return accept.includes('application/json') && accept.includes('text/event-stream')
}
