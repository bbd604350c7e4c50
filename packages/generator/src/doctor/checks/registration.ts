import { type Finding, findings, type Problem, warning } from '../finding.js'
import { type SeenIssuer, usedDocument } from '../look.js'
import { type Members, textIn, textsIn } from '../read-document.js'

/** How clients that the authorization server has never seen get to be known: a metadata document, or RFC 7591. */
export function registration(seen: SeenIssuer): readonly Finding[] {
  const used = usedDocument(seen)
  if (used === null) return []
  const byDocument = used.client_id_metadata_document_supported === true
  const byRegistration = textIn(used, 'registration_endpoint') !== null
  const ways = [...(byDocument ? ['metadata documents'] : []), ...(byRegistration ? ['registration'] : [])]
  const problems = [...ifClosed(byDocument, byRegistration), ...(byDocument ? withoutNone(used) : [])]
  return findings('registration', problems, `clients make themselves known by ${ways.join(' and ')}`)
}

function ifClosed(byDocument: boolean, byRegistration: boolean): readonly Problem[] {
  if (byRegistration) return []
  if (byDocument) {
    const text = 'there is no registration: Cursor, Gemini CLI and LibreChat need a client id that somebody gives them'
    return [warning(text, 'Turn on dynamic registration (RFC 7591), or enter a client for each of them by hand.')]
  }
  const text =
    'there is neither registration nor client id metadata documents: no client logs in without a client id that somebody gives it, and not all of them take one'
  return [warning(text, 'Turn one of them on, or enter a client for each product by hand.')]
}

function withoutNone(used: Members): readonly Problem[] {
  if (textsIn(used, 'token_endpoint_auth_methods_supported')?.includes('none') === true) return []
  const text = '`token_endpoint_auth_methods_supported` does not have `none`: claude.ai then uses no metadata document'
  return [warning(text, 'Allow public clients, and say so.')]
}
