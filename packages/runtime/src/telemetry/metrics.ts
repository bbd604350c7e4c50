import type { AuditEvent } from '../audit/audit-event.js'
import type { ExchangeEnd } from '../exchange/token-exchange.js'

/** What a server counts, for Prometheus. Labels are names of the spec and reasons of ours: never a caller, never text of a client. */
export interface Metrics {
  /** Counts a request that is being answered; the returned function counts it out, once. */
  began(): () => void
  decided(event: AuditEvent): void
  auditLost(): void
  exchanged(end: ExchangeEnd): void
  /** The text that Prometheus reads, and its type. */
  read(): Promise<{ readonly type: string; readonly text: string }>
}

/** Seconds: from a list to a tool that asks another service. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Makes the metrics, by prom-client, which is loaded only for this. `sharedState` says whether that can be asked, if there is one. */
export async function openMetrics(sharedState: { readonly available: boolean } | undefined): Promise<Metrics> {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client')
  // Its own: what else is in the process may have metrics, too.
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'mcp_messages_total',
    help: 'MCP messages that were let through, by method, what they were about, and what came of them.',
    labelNames: ['method', 'kind', 'name', 'outcome'] as const,
    registers,
  })
  const durations = new Histogram({
    name: 'mcp_message_duration_seconds',
    help: 'Seconds from the arrival of a request to the answer to its message.',
    labelNames: ['method', 'kind', 'name'] as const,
    buckets: BUCKETS,
    registers,
  })
  const refusals = new Counter({
    name: 'mcp_refusals_total',
    help: 'Requests that the guard refused, by reason.',
    labelNames: ['reason'] as const,
    registers,
  })
  const inFlight = new Gauge({ name: 'mcp_requests_in_flight', help: 'Requests that are being answered.', registers })
  const lost = new Counter({
    name: 'mcp_audit_lost_total',
    help: 'Audit records that the sink did not get.',
    registers,
  })
  const exchanges = new Counter({
    name: 'mcp_token_exchanges_total',
    help: 'Tokens for other services that handlers asked for, by service, and what came of it.',
    labelNames: ['service', 'outcome'] as const,
    registers,
  })
  if (sharedState !== undefined) {
    new Gauge({
      name: 'mcp_shared_state_up',
      help: '1 while the shared state can be asked, 0 while every process counts for itself.',
      registers,
      collect() {
        this.set(sharedState.available ? 1 : 0)
      },
    })
  }
  return {
    began() {
      inFlight.inc()
      let counted = true
      return () => {
        if (counted) inFlight.dec()
        counted = false
      }
    },
    decided({ decision, reason = '', outcome = '', method = '', took, tool, resource, prompt }) {
      if (decision === 'refused') return refusals.inc({ reason })
      const kind =
        tool !== undefined ? 'tool' : resource !== undefined ? 'resource' : prompt !== undefined ? 'prompt' : ''
      const labels = { method, kind, name: tool ?? resource ?? prompt ?? '' }
      requests.inc({ ...labels, outcome })
      durations.observe(labels, took / 1000)
    },
    auditLost: () => lost.inc(),
    exchanged: ({ service = '(other)', outcome }) => exchanges.inc({ service, outcome }),
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
