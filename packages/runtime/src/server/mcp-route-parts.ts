import type { AuditTrail } from '../audit/audit-trail.js'
import type { Changes } from '../definition.js'
import type { Guard } from '../guard/guard.js'
import type { StateSeal } from '../mcp/ask/state-seal.js'
import type { InFlight } from '../mcp/in-flight.js'
import type { CompiledLane } from '../mcp/lanes/compiled-lane.js'
import type { SdkEndpoint } from '../mcp/sdk-endpoint.js'
import type { Metrics } from '../telemetry/metrics.js'

/** What the MCP route works with, made once at boot. */
export interface McpRouteParts {
  readonly guard: Guard
  readonly endpoint: SdkEndpoint
  /** Nothing, if a test wants every answer from the SDK. */
  readonly compiled: CompiledLane | undefined
  readonly inFlight: InFlight
  readonly services: unknown
  readonly changes: Changes
  readonly seal: StateSeal
  readonly trail: AuditTrail
  readonly metrics: Metrics | undefined
}
