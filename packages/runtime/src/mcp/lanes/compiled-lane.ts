import {
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { Policy } from '../../definition.js'
import type { Decided } from '../../guard/states.js'
import { answerCall } from '../answer-call.js'
import { caching, offered } from '../capabilities.js'
import type { Catalogue } from '../catalogue.js'
import type { Exchange } from '../exchange.js'
import { implementation } from '../make-server.js'
import type { RequestId } from '../message.js'
import type { ToolCatalogue } from '../tool-catalogue.js'
import { untilAborted } from '../until-aborted.js'
import { MODERN_VERSION, VERSIONS } from '../versions.js'
import { type Era, type PlainRequest, plainRequest } from './choose-lane.js'
import { eventStream } from './event-stream.js'
import { PreparedList } from './prepared-list.js'
import { resultFields } from './result-fields.js'
import { eventAnswer, jsonAnswer, type WholeAnswer } from './whole-answer.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Answers plain requests from what was prepared at boot, by the same functions
 * that the SDK's servers call. What it may do for a request is in the request's
 * exchange, as there.
 */
export class CompiledLane {
  readonly #tools: ToolCatalogue
  readonly #discovered: string
  /** By the revision, and by whether the client is ChatGPT. */
  readonly #lists: ReadonlyMap<string, readonly [plain: PreparedList, forResults: PreparedList]>
  readonly #ofCall: Readonly<Record<Era, Fields>>
  readonly #offersTools: boolean

  constructor(identity: Policy['server'], catalogue: Catalogue) {
    const { instructions } = identity
    const { icons: _icons, ...server } = implementation(identity)
    this.#tools = catalogue.tools
    this.#offersTools = offered(catalogue).tools !== undefined
    this.#discovered = JSON.stringify({
      supportedVersions: [MODERN_VERSION],
      capabilities: offered(catalogue),
      ...(instructions ? { instructions } : {}),
      // The one answer that shows the server's icons.
      ...resultFields('modern', implementation(identity), caching(catalogue)['server/discover']),
    })
    const list = (protocolVersion: string, readsResults: boolean): PreparedList =>
      new PreparedList(catalogue, server, { protocolVersion, readsResults })
    this.#lists = new Map(VERSIONS.map((version) => [version, [list(version, false), list(version, true)]]))
    this.#ofCall = { modern: resultFields('modern', server), legacy: {} }
  }

  /** The request, if it is one for this lane. */
  takes(decided: Decided): PlainRequest | undefined {
    const request = plainRequest(decided)
    // A server without tools does not know the methods.
    return request?.method === 'server/discover' || this.#offersTools ? request : undefined
  }

  /** The era decides the form, as in the SDK: one JSON object, or a stream of events. */
  answer(request: PlainRequest, exchange: Exchange): Promise<WholeAnswer | Response> {
    return request.era === 'modern' ? this.#asJson(request, exchange) : this.#asEvents(request, exchange)
  }

  async #asJson(request: PlainRequest, exchange: Exchange): Promise<WholeAnswer | Response> {
    const { signal } = exchange
    if (signal.aborted) return gone()
    // The message never rejects: whoever waits for it may give up.
    return untilAborted(this.#message(request, exchange, signal), signal).then(jsonAnswer, gone)
  }

  /** A client of these revisions that goes away has cancelled nothing; its stream ends with its token, and then it has. */
  async #asEvents(request: PlainRequest, exchange: Exchange): Promise<WholeAnswer | Response> {
    const taken = new AbortController()
    const message = this.#message(request, exchange, taken.signal)
    // What takes longer than this opens a stream at once, and comes on it.
    const early = await Promise.race([message, turn()])
    return early === undefined ? eventStream(message, () => taken.abort()) : eventAnswer(early)
  }

  /** The JSON-RPC message. It never rejects. */
  async #message(request: PlainRequest, exchange: Exchange, cancelled: AbortSignal): Promise<string> {
    const { id } = request
    try {
      return `{"result":${await this.#result(request, exchange, cancelled)},"jsonrpc":"2.0","id":${JSON.stringify(id)}}`
    } catch (error) {
      return errorMessage(id, error, exchange)
    }
  }

  #result(request: PlainRequest, exchange: Exchange, cancelled: AbortSignal): string | Promise<string> {
    switch (request.method) {
      case 'server/discover':
        return this.#discovered
      case 'tools/list':
        return this.#list(exchange)
      case 'tools/call':
        return this.#call(request, exchange, cancelled)
    }
  }

  #list(exchange: Exchange): string {
    const lists = this.#lists.get(exchange.protocolVersion)
    if (lists === undefined) throw new TypeError('A list was asked for in a revision that there is not.')
    const [plain, forResults] = lists
    return (exchange.readsResults ? forResults : plain).for(exchange)
  }

  async #call(
    request: PlainRequest & { readonly method: 'tools/call' },
    exchange: Exchange,
    cancelled: AbortSignal,
  ): Promise<string> {
    const asked = { ...request, cancelled, sdk: undefined, client: undefined }
    const result: CallToolResult | InputRequiredResult = await answerCall(this.#tools, exchange, asked)
    return JSON.stringify({ ...result, ...this.#ofCall[request.era] })
  }
}

function errorMessage(id: RequestId, error: unknown, { log }: Exchange): string {
  const told = error instanceof ProtocolError ? error : undefined
  // Whatever a project's handler throws is answered before it gets here.
  if (told === undefined) log.error({ err: error }, 'the request failed')
  const { code, message } = told ?? { code: ProtocolErrorCode.InternalError, message: 'Internal error' }
  const data = told?.data === undefined ? {} : { data: told.data }
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...data } })
}

/** The SDK's word for a request whose client is gone, or for which the server waits no more. */
function gone(): Response {
  return new Response(null, { status: 499 })
}

function turn(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(undefined))
  })
}
