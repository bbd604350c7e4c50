import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { isRecord } from '../../model/is-record.js'
import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import { type SeenIssuer, usedDocument } from '../look.js'
import { quoted } from '../quoted.js'
import type { Members } from '../read-document.js'

const LEAST_RSA_BITS = 2048

/** RFC 7517: the keys by which tokens are verified. */
export function keys(seen: SeenIssuer): readonly Finding[] {
  if (usedDocument(seen) === null) return []
  const { keys: document } = seen
  if (document === null) {
    const text = 'the metadata names no `jwks_uri`: only tokens that are asked about (opaque) can be verified'
    return findings('keys', [warning(text, 'Name the keys, if tokens are JWTs.')], '')
  }
  if (document.state === 'read') return inSet(document.members)
  const cause = document.state === 'missing' ? `is answered ${document.status}` : document.cause
  const cure = document.state === 'missing' ? 'Serve the keys there.' : document.cure
  return findings('keys', [failure(`${quoted(document.url)} ${cause}`, cure)], '')
}

function inSet(set: Members): readonly Finding[] {
  const all = Array.isArray(set.keys) ? set.keys.filter(isRecord) : []
  const usable = all.filter(canVerify).length
  const problems: readonly Problem[] = [
    ...(all.some(isSecret)
      ? [failure('a secret or private key is published: whoever reads it can make tokens', 'Replace that key at once.')]
      : []),
    ...(usable > 0
      ? []
      : [
          failure(
            'there is no key that can verify a signature',
            'Publish an RSA key of 2048 bits or more, or an EC or OKP key.',
          ),
        ]),
  ]
  return findings('keys', problems, `${usable} ${usable === 1 ? 'key verifies' : 'keys verify'} signatures`)
}

/** RFC 7518 section 6: `d` is the private half, `k` a symmetric key. */
function isSecret(key: Members): boolean {
  return key.kty === 'oct' || 'd' in key || 'k' in key
}

function canVerify(key: Members): boolean {
  if (isSecret(key) || key.use === 'enc') return false
  try {
    const { asymmetricKeyDetails, asymmetricKeyType } = createPublicKey({ key: key as JsonWebKey, format: 'jwk' })
    return asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS
  } catch {
    return false
  }
}
