import { isLoopback } from '../../connect/address.js'
import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import type { SeenIssuer } from '../look.js'
import { quoted } from '../quoted.js'
import { type Document, textIn } from '../read-document.js'

/** RFC 8414 section 3 and OpenID Connect Discovery 1.0 section 4: clients need one of the two. */
export function issuerMetadata({ issuer, documents }: SeenIssuer): readonly Finding[] {
  const read = documents.filter(({ state }) => state === 'read')
  const problems = [
    ...secure(issuer),
    ...(documents.every(({ state }) => state === 'missing') ? [missing(documents)] : []),
    ...unusable(documents),
    ...read.flatMap((document) => mismatch(document, issuer)),
  ]
  return findings('metadata', problems, `read at ${read.map(({ url }) => quoted(new URL(url).pathname)).join(' and ')}`)
}

function secure(issuer: string): readonly Problem[] {
  if (/^https:\/\//i.test(issuer) || (URL.canParse(issuer) && isLoopback(issuer))) return []
  return [failure('the issuer is no https URL', 'Name it as its metadata does, with https (RFC 8414 section 2).')]
}

function missing(documents: readonly Document[]): Problem {
  const asked = documents.map(({ url }) => quoted(url)).join(', ')
  return failure(
    `there is no metadata: asked ${asked}`,
    'Serve it at one of these, and correct the issuer if it is elsewhere.',
  )
}

/** Clients ask one after the other: what is broken before the first that works stops some of them. */
function unusable(documents: readonly Document[]): readonly Problem[] {
  const works = documents.findIndex(({ state }) => state === 'read')
  return documents.flatMap((document, index) => {
    if (document.state !== 'unusable') return []
    const as = works !== -1 && index > works ? warning : failure
    return [as(`${quoted(document.url)} ${document.cause}`, document.cure)]
  })
}

function mismatch(document: Document, issuer: string): readonly Problem[] {
  if (document.state !== 'read' || textIn(document.members, 'issuer') === issuer) return []
  const text = `${quoted(document.url)} says that its issuer is ${quoted(document.members.issuer)}: clients compare it letter by letter`
  return [failure(text, 'Write the issuer in the spec as its metadata does; mind a slash at the end.')]
}
