import { didYouMean } from '../diagnostics/suggest.js'
import type { Located, TokenExchangeFacts } from './facts.js'
import { optional, readPart, required, seconds, text } from './read-auth-setting.js'
import type { Report } from './report.js'
import { member, type StaticObject } from './static-value.js'

/** Seconds for which an exchanged token may be kept at most, as the runtime has it. */
const LONGEST_KEPT = 3600

const FORMS = ['rfc8693', 'entra-obo'] as const

/** Reads how tokens of the issuer are exchanged for tokens for other services, and as which client. */
export function readTokenExchange(
  options: StaticObject,
  report: Report,
): Located<TokenExchangeFacts> | null | 'unreadable' {
  const found = readPart('tokenExchange', options, report)
  if (found === null || found === 'unreadable') return found
  const form = readForm(found, report)
  const proof = readProof(found, report)
  const endpoint = optional('endpoint', found, report)
  const cacheSeconds = seconds('cacheSeconds', LONGEST_KEPT, found, report)
  const keyId = text('keyId', found, report)
  const certificateThumbprint = text('certificateThumbprint', found, report)
  if (form === null || proof === null || endpoint === 'unreadable' || cacheSeconds === 'unreadable') return 'unreadable'
  if (keyId === 'unreadable' || certificateThumbprint === 'unreadable') return 'unreadable'
  const value = { form, ...proof, endpoint, cacheSeconds, keyId, certificateThumbprint }
  return isKeyKnown(value, found, report) ? { value, place: found.place } : 'unreadable'
}

function readForm(object: StaticObject, report: Report): TokenExchangeFacts['form'] | null {
  const value = member(object, 'form')?.value
  const said = value?.kind === 'literal' ? value.value : undefined
  const form = FORMS.find((known) => known === said)
  if (form !== undefined) return form
  const hint = typeof said === 'string' ? didYouMean(said, FORMS) : ''
  const construct = value === undefined ? 'it is not there' : `it is not 'rfc8693' or 'entra-obo'.${hint}`
  report.add('unreadable-auth', value?.place ?? object.place, { setting: 'form', construct })
  return null
}

type Proof = Pick<TokenExchangeFacts, 'clientId' | 'proof' | 'secret'>

function readProof(object: StaticObject, report: Report): Proof | null {
  const given = (['clientSecret', 'privateKey'] as const).filter((key) => member(object, key) !== null)
  const [proof = 'clientSecret'] = given
  if (given.length > 1) {
    const construct = `it has ${given.join(' and ')}: keep one of them`
    report.add('unreadable-auth', object.place, { setting: 'tokenExchange', construct })
    return null
  }
  const clientId = required('clientId', object, report)
  const secret = required(proof, object, report)
  return clientId === null || secret === null ? null : { clientId, proof, secret }
}

/** Microsoft Entra knows a key by the certificate that it belongs to. */
function isKeyKnown(
  { form, proof, certificateThumbprint }: TokenExchangeFacts,
  object: StaticObject,
  report: Report,
): boolean {
  if (form !== 'entra-obo' || proof !== 'privateKey') return true
  if (certificateThumbprint !== null && /^[A-Za-z0-9_-]{43}$/.test(certificateThumbprint)) return true
  const construct =
    'it is not the SHA-256 thumbprint of a certificate, base64url, by which Microsoft Entra knows the key'
  const place = member(object, 'certificateThumbprint')?.value.place ?? object.place
  report.add('unreadable-auth', place, { setting: 'certificateThumbprint', construct })
  return false
}
