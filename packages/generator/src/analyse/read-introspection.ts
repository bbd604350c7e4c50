import type { IntrospectionFacts } from './facts.js'
import { optional, readPart, required, seconds, text } from './read-auth-setting.js'
import type { Report } from './report.js'
import { member, type StaticObject } from './static-value.js'

/** Seconds for which an answer about a token may be believed at most, as the runtime has it. */
const LONGEST_BELIEF = 300

/** Reads how the issuer is asked about tokens, and who asks. */
export function readIntrospection(options: StaticObject, report: Report): IntrospectionFacts | null | 'unreadable' {
  const found = readPart('introspection', options, report)
  if (found === null || found === 'unreadable') return found
  const proof = readProof(found, report)
  const endpoint = optional('endpoint', found, report)
  const cacheSeconds = seconds('cacheSeconds', LONGEST_BELIEF, found, report)
  const keyId = text('keyId', found, report)
  const isRead = proof !== null && endpoint !== 'unreadable' && cacheSeconds !== 'unreadable' && keyId !== 'unreadable'
  return isRead ? { ...proof, endpoint, cacheSeconds, keyId } : 'unreadable'
}

type Proof = Pick<IntrospectionFacts, 'clientId' | 'proof' | 'secret'>

function readProof(object: StaticObject, report: Report): Proof | null {
  const given = (['clientSecret', 'apiKey', 'privateKey'] as const).filter((key) => member(object, key) !== null)
  const [proof = 'clientSecret'] = given
  if (given.length > 1) {
    const construct = `it has ${given.join(' and ')}: keep one of them`
    report.add('unreadable-auth', object.place, { setting: 'introspection', construct })
    return null
  }
  const clientId = proof === 'apiKey' ? null : required('clientId', object, report)
  const secret = required(proof, object, report)
  if (secret === null || (proof !== 'apiKey' && clientId === null)) return null
  return { clientId, proof, secret }
}
