import { isPrivate } from '../addresses.js'
import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import { isHere, type Probed } from '../look.js'
import { quoted, withoutQuery } from '../quoted.js'

/** DNS, the connection and TLS; and that nobody is sent elsewhere. */
export function reachable(seen: Probed): readonly Finding[] {
  const { url, addresses, initialize } = seen
  const where = addresses.map(({ address }) => quoted(address)).join(', ')
  const problems = [...connection(seen), ...(isHere(seen) ? [] : network(seen))]
  const answered = initialize.kind === 'answer' ? `${quoted(url)} answers at ${where}` : ''
  return findings('reachable', problems, isHere(seen) ? `${answered}, for clients on this computer alone` : answered)
}

function connection({ url, initialize }: Probed): readonly Problem[] {
  if (initialize.kind === 'silence') return [failure(`${quoted(url)} ${initialize.cause}`, initialize.cure)]
  if (initialize.status < 300 || initialize.status >= 400) return []
  const target = withoutQuery(initialize.location ?? '', url)
  return [
    failure(
      `${quoted(url)} redirects to ${target}: clients do not follow with a token`,
      'Answer at this URL, or give clients the other one and set the resource to it.',
    ),
  ]
}

function network({ addresses, initialize }: Probed): readonly Problem[] {
  if (addresses.length === 0) return []
  const hidden = addresses.find(({ address }) => isPrivate(address))
  if (hidden !== undefined) {
    if (initialize.kind === 'silence') return []
    const text = `leads to ${quoted(hidden.address)}, in a private network: hosted clients, such as claude.ai and ChatGPT, cannot get there`
    return [warning(text, 'Give every entry in DNS a public address, if they should.')]
  }
  if (addresses.some(({ family }) => family === 4)) return []
  const text = 'has no IPv4 address: claude.ai and Claude Desktop connect by IPv4 alone'
  return [failure(text, 'Add an A record.')]
}
