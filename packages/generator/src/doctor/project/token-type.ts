import type { IssuerView } from '../../render/policy-view.js'
import { type Problem, warning } from '../finding.js'

/** RFC 9068 section 4: `at+jwt` keeps out tokens that are for something else, such as ID tokens. */
export function tokenType({ tokens }: IssuerView): readonly Problem[] {
  if (!('typ' in tokens) || tokens.typ !== 'JWT') return []
  return [
    warning(
      '`typ: JWT`: access tokens are told from other JWTs of this issuer by their claims alone',
      "Have the authorization server send `at+jwt` (RFC 9068), and remove `typ: 'JWT'` from mcp/server.ts.",
    ),
  ]
}
