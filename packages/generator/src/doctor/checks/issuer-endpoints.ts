import { isLoopback } from '../../connect/address.js'
import { type Finding, failure, findings } from '../finding.js'
import { type SeenIssuer, usedDocument } from '../look.js'
import { quoted } from '../quoted.js'
import { textIn } from '../read-document.js'

/** RFC 8414 section 2: where people log in and where clients get tokens. */
export function issuerEndpoints(seen: SeenIssuer): readonly Finding[] {
  const used = usedDocument(seen)
  if (used === null) return []
  const problems = ['authorization_endpoint', 'token_endpoint'].flatMap((name) => {
    const url = textIn(used, name)
    if (url !== null && isSecure(url)) return []
    const said = url === null ? 'is missing' : `is no https URL: ${quoted(url)}`
    return [
      failure(`\`${name}\` ${said}`, 'Turn on the authorization code flow, and name its endpoints by https URLs.'),
    ]
  })
  return findings('endpoints', problems, 'the login and the token endpoint are named, and secure')
}

function isSecure(url: string): boolean {
  return URL.canParse(url) && (/^https:\/\//i.test(url) || (/^http:\/\//i.test(url) && isLoopback(url)))
}
