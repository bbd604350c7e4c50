import type { Tool } from '@modelcontextprotocol/server'
import type { AccessPolicy } from '../definition.js'
import { scopeSetsOf } from '../guard/scope-sets.js'

type SecurityScheme = { readonly type: 'noauth' } | { readonly type: 'oauth2'; readonly scopes?: readonly string[] }

/** What a tool needs, in the words of ChatGPT: a hint that decides nothing. Of several sets of scopes it is the first. */
function securitySchemes(policy: AccessPolicy): readonly SecurityScheme[] {
  if (policy.access === 'public') return [{ type: 'noauth' }]
  const [scopes] = scopeSetsOf(policy)
  return [{ type: 'oauth2', ...(scopes === undefined ? {} : { scopes: [...scopes] }) }]
}

/** A tool as `tools/list` tells it to ChatGPT: twice, because some parsers drop what the protocol does not know. */
export function withSecuritySchemes(tool: Tool, policy: AccessPolicy): Tool {
  const schemes = { securitySchemes: securitySchemes(policy) }
  return { ...tool, ...schemes, _meta: { ...tool._meta, ...schemes } }
}
