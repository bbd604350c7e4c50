import type { IntrospectionFacts, Located, SettingFact } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { refuse, required, setting } from './read-auth-setting.js'
import type { Report } from './report.js'
import { describe, member, type StaticObject } from './static-value.js'

/** Seconds for which an answer about a token may be believed at most, as the runtime has it. */
const LONGEST_BELIEF = 300

/** Reads how the issuer is asked about tokens, and who asks. */
export function readIntrospection(options: StaticObject, report: Report): IntrospectionFacts | null | 'unreadable' {
  const found = member(options, 'introspection')?.value
  if (found === undefined) return null
  const hidden = found.kind === 'object' ? found.hidden[0] : found
  if (found.kind !== 'object' || hidden !== undefined) {
    refuse('introspection', hidden ?? found, report)
    return 'unreadable'
  }
  reportUnknown(found, 'introspection', 'introspection', report)
  const proof = readProof(found, report)
  const endpoint = optional('endpoint', found, report)
  const cacheSeconds = readSeconds(found, report)
  const keyId = readKeyId(found, report)
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

function optional(key: string, object: StaticObject, report: Report): Located<SettingFact> | null | 'unreadable' {
  const found = member(object, key)
  return found === null ? null : (setting(key, found.value, report) ?? 'unreadable')
}

function readSeconds(object: StaticObject, report: Report): number | null | 'unreadable' {
  const value = member(object, 'cacheSeconds')?.value
  if (value === undefined) return null
  const seconds = value.kind === 'literal' ? value.value : undefined
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_BELIEF) {
    return seconds
  }
  const construct = `it is not a whole number from 0 to ${LONGEST_BELIEF}`
  report.add('unreadable-auth', value.place, { setting: 'cacheSeconds', construct })
  return 'unreadable'
}

function readKeyId(object: StaticObject, report: Report): string | null | 'unreadable' {
  const value = member(object, 'keyId')?.value
  if (value === undefined) return null
  if (value.kind === 'literal' && typeof value.value === 'string') return value.value
  report.add('unreadable-auth', value.place, { setting: 'keyId', construct: `it is ${describe(value)}` })
  return 'unreadable'
}
