import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import type { Probed } from '../look.js'
import { quoted } from '../quoted.js'
import type { Challenge } from '../read-challenge.js'

/** RFC 6750 section 3 and RFC 9728 section 5.1, as narrowly as clients read them. */
export function challenge(seen: Probed): readonly Finding[] {
  const refusal = [seen.initialize, seen.get, seen.head].find(
    (reply) => reply.kind === 'answer' && reply.status === 401,
  )
  if (refusal?.kind !== 'answer') return []
  const bearers = refusal.challenges.filter((line) => /\bBearer\b/i.test(line)).length
  const problems = [
    ...(bearers > 1 ? [failure(`there are ${bearers} Bearer challenges`, 'Send one.')] : []),
    ...first(refusal.challenges[0], seen),
  ]
  const scopes = seen.challenge?.scopes ?? []
  const asked = scopes.length === 0 ? 'no scope' : `scope ${quoted(scopes.join(' '))}`
  return findings('challenge', problems, `one Bearer challenge that names the metadata and asks for ${asked}`)
}

/** Clients read the first challenge, and only if it is spelt like this. */
function first(line: string | undefined, seen: Probed): readonly Problem[] {
  const cure = 'Send `WWW-Authenticate: Bearer resource_metadata="…", scope="…"`, other schemes on lines after it.'
  if (line === undefined) return [failure('the 401 has no WWW-Authenticate: clients do not find where to log in', cure)]
  if (seen.challenge === null || !/^Bearer(?: |$)/.test(line)) {
    return [failure(`the challenge does not begin with \`Bearer\`: ${quoted(line)}`, cure)]
  }
  return [...pointer(seen.challenge, seen), ...details(seen.challenge)]
}

function pointer({ resourceMetadata }: Challenge, { url }: Probed): readonly Problem[] {
  const { origin } = new URL(url)
  const cure = `Name the metadata by its whole URL, at ${quoted(origin)}.`
  if (resourceMetadata === null) {
    return [warning('the challenge has no `resource_metadata`: clients have to guess where the metadata is', cure)]
  }
  const said = quoted(resourceMetadata)
  if (!URL.canParse(resourceMetadata)) return [failure(`\`resource_metadata\` is not an absolute URL: ${said}`, cure)]
  if (new URL(resourceMetadata).origin === origin) return []
  return [failure(`\`resource_metadata\` leads to another origin, where clients do not follow: ${said}`, cure)]
}

function details({ error, scopes }: Challenge): readonly Problem[] {
  return [
    ...(error === null
      ? []
      : [
          failure(
            `the challenge says \`error\` (${quoted(error)}) though there was no token: Codex Desktop then does not log in`,
            'Say `error` only about a token that was sent (RFC 6750 section 3.1).',
          ),
        ]),
    ...(scopes.length > 0
      ? []
      : [
          warning(
            'the challenge asks for no `scope`: clients ask for every scope there is, or for none',
            'Name the scopes that a first login needs.',
          ),
        ]),
  ]
}
