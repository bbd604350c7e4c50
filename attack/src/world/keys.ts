import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A key pair that signs whatever it is given. */
export interface SigningKey {
  readonly kid: string
  readonly alg: 'ES256' | 'RS256'
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export function createKey(alg: SigningKey['alg'], kid: string = randomBytes(6).toString('hex')): SigningKey {
  const pair =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { kid, alg, ...pair }
}

export function jwkOf({ kid, alg, publicKey }: SigningKey): Record<string, unknown> {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

export function pemOf({ publicKey }: SigningKey): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString()
}

/** Bytes of a header or of claims: an object, or text and bytes as they are. */
export type Part = string | Uint8Array | Readonly<Record<string, unknown>>

/** A compact JWS over these very parts, whatever they say. */
export function signed(header: Part, claims: Part, key: SigningKey): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

/** The same with a shared secret. */
export function hmacSigned(header: Part, claims: Part, secret: string | Buffer, hash = 'sha256'): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`
}

export function encoded(part: Part): string {
  const bytes = part instanceof Uint8Array ? part : typeof part === 'string' ? part : JSON.stringify(part)
  return Buffer.from(bytes).toString('base64url')
}
