import type { Policy } from '../definition.js'
import { isRecord } from '../mcp/is-record.js'
import type { RequestId } from '../mcp/message.js'
import type { Understood } from './states.js'

/** The call that a refusal is to be the result of, for a client that looks for its challenge there. */
export interface ResultShape {
  readonly id: RequestId
  readonly era: Understood['era']
}

/** In which form a refusal is sent: as the status and the challenge of HTTP, unless it says the result of which call. */
export interface DenialShape {
  readonly resultOf?: ResultShape
}

/**
 * ChatGPT shows its way to log in, or to grant more, for a tool only when the
 * tool's result carries the challenge, in `_meta`. Who says to be ChatGPT
 * gets the same refusal in that form: it decides nothing, so it proves nothing.
 * A policy can say one form for everybody.
 */
export function denialShape(state: Understood, denials: Policy['denials']): DenialShape {
  const [message] = state.messages
  if (Array.isArray(state.body) || message?.method !== 'tools/call' || message.id === undefined) return {}
  return readsResults(state, denials) ? { resultOf: { id: message.id, era: state.era } } : {}
}

/** Whether a caller reads challenges in results: it says to be a client that does, or the policy says it of all. */
export function readsResults({ raw, body }: Pick<Understood, 'raw' | 'body'>, denials: Policy['denials']): boolean {
  if (denials !== undefined) return denials === 'result'
  const { headers } = raw
  if (/^openai-mcp\b/i.test(headers['user-agent'] ?? '')) return true
  if (Object.keys(headers).some((name) => name.startsWith('x-openai-'))) return true
  const meta = isRecord(body) && isRecord(body.params) ? body.params._meta : undefined
  const client = isRecord(meta) ? meta['io.modelcontextprotocol/clientInfo'] : undefined
  return isRecord(client) && client.name === 'openai-mcp'
}
