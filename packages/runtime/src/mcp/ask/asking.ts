import {
  type InputRequest,
  type InputRequiredResult,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { Use } from '../../definition.js'
import type { Grant } from '../../guard/grant.js'
import { type Call, contextOf } from '../call.js'
import type { Item } from '../catalogue.js'
import { refuseToTell } from '../exchanged-tokens.js'
import { isRecord } from '../is-record.js'
import { readAnswer } from './answer.js'
import { canonical } from './canonical.js'
import { inputRequest, readQuestion } from './question.js'

type Answers = Readonly<Record<string, unknown>>

type UsingItem = Item & { readonly uses: readonly Use[] }

const KINDS: readonly Use[] = ['elicitation', 'sampling', 'roots']

function kindsOf({ uses }: UsingItem): readonly Use[] {
  return uses.filter((use) => KINDS.includes(use))
}

/**
 * The questions of one handler to its client. A question that is not answered
 * yet ends the handler; the client gets what is open, and comes back with the
 * answers, and the handler starts again (MCP 2026-07-28, multi round-trip
 * requests; for older clients the SDK asks, on the stream of this very request).
 */
export class Asking {
  readonly #item: Item
  readonly #kinds: readonly Use[]
  readonly #call: Call
  readonly #bound: string
  readonly #answers: Answers
  readonly #given: Map<string, unknown> = new Map()
  readonly #open: Map<string, InputRequest> = new Map()

  private constructor(item: UsingItem, call: Call, bound: string, answers: Answers) {
    this.#item = item
    this.#kinds = kindsOf(item)
    this.#call = call
    this.#bound = bound
    this.#answers = answers
  }

  /**
   * What was answered so far is read from the sealed state, and from the answers
   * that came with this request.
   *
   * @throws {ProtocolError} when the state was not sealed for this caller, item and arguments, or too long ago
   */
  static of(grant: Grant<UsingItem>, args: unknown, call: Call): Asking {
    const { item } = grant
    // It asks nothing, so there is nothing to bind.
    if (kindsOf(item).length === 0) return new Asking(item, call, '', {})
    const bound = boundTo(grant, args)
    const { inputResponses = {}, requestState } = contextOf(call).mcpReq
    const state = requestState<unknown>()
    const before = state === undefined ? {} : openState(state, bound, call)
    // What was answered once is not answered again: the handler may have acted on it.
    return new Asking(item, call, bound, { ...inputResponses, ...before })
  }

  /** What the handler gets. */
  given(): Answers {
    return {
      ask: (questions: unknown): Promise<Answers> => this.#ask(questions),
      canAsk: (what: unknown): boolean => this.#canAsk(what),
    }
  }

  /** Whether the handler ended because it asked; whatever it returned or threw then is nothing to answer with. */
  get isOpen(): boolean {
    return this.#open.size > 0
  }

  /** The questions, and what the client keeps until it comes back. */
  result(): InputRequiredResult {
    const requestState = this.#call.exchange.seal.seal(Object.fromEntries(this.#given), this.#bound)
    return inputRequired({ inputRequests: Object.fromEntries(this.#open), requestState })
  }

  async #ask(questions: unknown): Promise<Answers> {
    if (!isRecord(questions)) throw new TypeError('ask() takes { name: question }.')
    const answers = Object.entries(questions).map(([name, question]) => [name, this.#answer(name, question)] as const)
    if (this.isOpen) throw new Suspended()
    return Object.fromEntries(answers)
  }

  #answer(name: string, asked: unknown): unknown {
    const question = readQuestion(asked)
    if (!this.#kinds.includes(question.kind)) {
      throw new TypeError(`A question of the kind ${question.kind} needs it in \`uses\`.`)
    }
    const raw = Object.hasOwn(this.#answers, name) ? this.#answers[name] : undefined
    const answer = readAnswer(question, raw)
    if (answer === undefined) this.#open.set(name, this.#told(inputRequest(question)))
    else this.#given.set(name, raw)
    return answer
  }

  #told(request: InputRequest): InputRequest {
    refuseToTell(this.#item, request, this.#call.exchange)
    return request
  }

  #canAsk(what: unknown): boolean {
    const { elicitation, sampling, roots } = this.#call.client ?? {}
    switch (what) {
      case 'elicitation':
        // A client that says no more than that can show forms (MCP 2025-11-25, elicitation).
        return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined)
      case 'visit':
        return elicitation?.url !== undefined
      case 'sampling':
        return sampling !== undefined
      case 'roots':
        return roots !== undefined
      default:
        return false
    }
  }
}

/** How a handler ends that has to wait for answers. */
class Suspended extends Error {
  override readonly name: string = 'Suspended'

  constructor() {
    super('The client has to be asked first. Do not catch this: the handler runs again when it has answered.')
  }
}

/** Who, for what, with which arguments: the state of one call is worth nothing to another. */
function boundTo({ item: { kind, name }, caller }: Grant, args: unknown): string {
  const who = caller === undefined ? null : [caller.issuer, caller.subject, caller.clientId]
  return canonical([kind, name, who, args ?? {}])
}

function openState(state: unknown, bound: string, { exchange }: Call): Answers {
  const opened = typeof state === 'string' ? exchange.seal.open(state, bound) : undefined
  if (opened !== undefined && isRecord(opened.value)) return opened.value
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState', {
    reason: 'invalid_request_state',
  })
}
