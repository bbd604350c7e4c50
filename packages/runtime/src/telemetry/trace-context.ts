import type { IncomingHttpHeaders } from 'node:http'
import { isRecord } from '../mcp/is-record.js'

/** What a client says of the trace that it takes part in (W3C Trace Context). */
export interface TraceContext {
  readonly traceparent: string
  readonly tracestate?: string
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/
/** W3C Trace Context section 3.3.1.5: at least 512 characters are to be passed on. */
const LONGEST_STATE = 512

/** That of a message, in its `_meta` (MCP 2026-07-28, trace context). */
export function traceOfMessage(message: unknown): TraceContext | undefined {
  const params = isRecord(message) && isRecord(message.params) ? message.params : {}
  const { traceparent, tracestate } = isRecord(params._meta) ? params._meta : {}
  return traceContext(traceparent, tracestate)
}

export function traceOfRequest({ traceparent, tracestate }: IncomingHttpHeaders): TraceContext | undefined {
  return traceContext(traceparent, tracestate)
}

export function traceIdOf({ traceparent }: TraceContext): string | undefined {
  return TRACEPARENT.exec(traceparent)?.[1]
}

function traceContext(traceparent: unknown, tracestate: unknown): TraceContext | undefined {
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return undefined
  const isState = typeof tracestate === 'string' && tracestate.length <= LONGEST_STATE
  return isState ? { traceparent, tracestate } : { traceparent }
}
