import { classifyInboundRequest } from '@modelcontextprotocol/server'
import { isRecord } from '../mcp/is-record.js'
import { readMessage } from '../mcp/message.js'
import { MODERN_VERSION } from '../mcp/versions.js'
import { BATCHING_VERSION, checkBatch } from './check-batch.js'
import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Parsed, Understood } from './states.js'

/**
 * What each message of the body asks for, read from the body alone: headers
 * that repeat it prove nothing. Which revision it speaks is the SDK's to say;
 * what is malformed is the SDK's to answer, and no message of it has a grant.
 */
export function findWhatIsAsked(state: Parsed, guard: Guard): Understood | Refused {
  const versionHeader = header(state, 'mcp-protocol-version')
  const fault = Array.isArray(state.body) ? checkBatch(state.body, versionHeader) : undefined
  if (fault) return fault
  if (isAnswer(state.body) && versionHeader !== undefined && versionHeader >= MODERN_VERSION) {
    return refuse({ reason: 'answer-unasked' })
  }
  const route = classifyInboundRequest({ httpMethod: 'POST', body: state.body, ...mirrored(state) })
  const messages = (Array.isArray(state.body) ? state.body : [state.body]).map((raw) =>
    readMessage(raw, guard.catalogue),
  )
  if (route.kind !== 'modern') {
    const isRequest = route.kind === 'legacy' && route.reason === 'no-claim'
    const isMalformed = route.kind === 'reject'
    const protocolVersion = versionHeader ?? BATCHING_VERSION
    return { ...state, messages, era: 'legacy', isRequest, isMalformed, protocolVersion }
  }
  const isRequest = route.messageKind === 'request'
  const protocolVersion = route.classification.revision ?? 'unknown'
  return { ...state, messages, era: 'modern', isRequest, isMalformed: false, protocolVersion }
}

/** A JSON-RPC response. The SDK takes one for a message of the older revisions, whatever its header says. */
function isAnswer(body: unknown): boolean {
  return isRecord(body) && !('method' in body) && ('result' in body || 'error' in body)
}

function mirrored(state: Parsed): Readonly<Record<string, string>> {
  const names = {
    protocolVersionHeader: 'mcp-protocol-version',
    mcpMethodHeader: 'mcp-method',
    mcpNameHeader: 'mcp-name',
  }
  const found: Record<string, string> = {}
  for (const [property, name] of Object.entries(names)) {
    const value = header(state, name)
    if (value !== undefined) found[property] = value
  }
  return found
}

function header(state: Parsed, name: string): string | undefined {
  const value = state.raw.headers[name]
  return typeof value === 'string' ? value.trim() : undefined
}
