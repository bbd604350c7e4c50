import { type Finding, findings, warning } from '../finding.js'
import { type SeenIssuer, usedDocument } from '../look.js'
import { quoted } from '../quoted.js'
import { textsIn } from '../read-document.js'

/** Whether the authorization server has the scopes that clients will ask it for. */
export function scopes(seen: SeenIssuer): readonly Finding[] {
  const used = usedDocument(seen)
  const offered = used === null ? null : textsIn(used, 'scopes_supported')
  if (used === null || seen.scopes.length === 0) return []
  const missing = offered === null ? [] : seen.scopes.filter((scope) => !offered.includes(scope))
  const text = `\`scopes_supported\` does not have ${quoted(missing.join(' '))}, which the server asks for: logins can end in \`invalid_scope\``
  const problems = missing.length === 0 ? [] : [warning(text, 'Declare these scopes at the authorization server.')]
  const fine = offered === null ? 'does not list its scopes, which it may do' : 'has the scopes that are asked for'
  return findings('scopes', problems, fine)
}
