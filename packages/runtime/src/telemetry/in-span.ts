import {
  type Attributes,
  type Context,
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { TraceContext } from './trace-context.js'

/** What a span is about, by the semantic conventions of OpenTelemetry for MCP. */
export interface Traced {
  readonly method: string
  readonly kind: 'tool' | 'resource' | 'prompt' | undefined
  /** A name that the spec gives, never one that a client made up. */
  readonly name: string | undefined
  readonly protocolVersion: string
  /** What the message says in its `_meta`. */
  readonly message: TraceContext | undefined
  /** What the headers of the request say. */
  readonly request: TraceContext | undefined
}

/**
 * Runs something in a span of its own. It is the child of what the client says
 * in `_meta`, linked to the span of the HTTP request if there is one; or else the
 * child of that span, or of what the headers say. With no
 * OpenTelemetry SDK in the process the API does nothing.
 */
export async function inSpan<Ended extends { readonly outcome: string }>(
  traced: Traced,
  run: () => Promise<Ended>,
): Promise<Ended> {
  const { method, name } = traced
  const around = trace.getActiveSpan()?.spanContext()
  const links = around !== undefined && traced.message !== undefined ? [{ context: around }] : []
  return trace
    .getTracer('@mcp-secure/runtime')
    .startActiveSpan(
      name === undefined ? method : `${method} ${name}`,
      { kind: SpanKind.SERVER, attributes: attributes(traced), links },
      parent(traced),
      async (span) => {
        try {
          const ended = await run()
          span.setAttribute('mcp_secure.outcome', ended.outcome)
          if (FAILED.has(ended.outcome)) {
            span.setAttribute('error.type', ended.outcome).setStatus({ code: SpanStatusCode.ERROR })
          }
          return ended
        } catch (error) {
          span.setAttribute('error.type', 'failed').setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      },
    )
}

const FAILED = new Set(['failed', 'tool-error', 'resource-error', 'prompt-error'])

/** The trace of the current span, if somebody records one. */
export function activeTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId
}

function parent({ message, request }: Traced): Context {
  // Who made a span for the request has read its headers already.
  const from = message ?? (trace.getActiveSpan() === undefined ? request : undefined)
  return from === undefined ? context.active() : propagation.extract(context.active(), from)
}

function attributes({ method, kind, name, protocolVersion }: Traced): Attributes {
  return {
    'mcp.method.name': method,
    'mcp.protocol.version': protocolVersion,
    ...(kind === 'tool' && name !== undefined
      ? { 'gen_ai.tool.name': name, 'gen_ai.operation.name': 'execute_tool' }
      : {}),
    ...(kind === 'prompt' && name !== undefined ? { 'gen_ai.prompt.name': name } : {}),
    ...(kind === 'resource' && name !== undefined ? { 'mcp_secure.resource.name': name } : {}),
  }
}
