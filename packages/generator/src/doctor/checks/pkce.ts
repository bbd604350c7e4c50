import { type Finding, failure, findings } from '../finding.js'
import { type SeenIssuer, usedDocument } from '../look.js'
import { textsIn } from '../read-document.js'

/** RFC 8414 section 2; MCP clients must refuse a server that does not say S256. */
export function pkce(seen: SeenIssuer): readonly Finding[] {
  const used = usedDocument(seen)
  if (used === null) return []
  const isThere = textsIn(used, 'code_challenge_methods_supported')?.includes('S256') === true
  const text = '`code_challenge_methods_supported` does not have S256: claude.ai, ChatGPT and Zed then do not log in'
  const cure = 'Turn PKCE on; where the server does it and does not say so, put its metadata right.'
  return findings('pkce', isThere ? [] : [failure(text, cure)], 'codes are bound by S256')
}
