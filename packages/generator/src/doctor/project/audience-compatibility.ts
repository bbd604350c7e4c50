import type { IssuerView } from '../../render/policy-view.js'
import { type Problem, warning } from '../finding.js'
import { quoted } from '../quoted.js'

const CURE =
  'Have the authorization server bind tokens to the resource (RFC 8707), and remove `audienceCompatibility` from mcp/server.ts.'

/** Which tokens count though they were not made for this server (RFC 9068 section 4). */
export function audienceCompatibility({ audienceCompatibility: rule }: IssuerView): readonly Problem[] {
  const { audiences = [], clientIds = [] } = rule ?? {}
  return [
    ...audiences.map((audience) =>
      warning(
        `tokens for the audience ${quoted(audience)} count here, if they hold a scope of this server: whatever else gets such tokens can use them here`,
        CURE,
      ),
    ),
    ...clientIds.map((id) =>
      warning(
        `tokens of the client ${quoted(id)} count here without an audience, if they hold a scope of this server: any server that this client calls can use them here`,
        CURE,
      ),
    ),
  ]
}
