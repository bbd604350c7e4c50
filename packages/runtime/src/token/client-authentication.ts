import { createPrivateKey, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { IntrospectionClient } from '../configuration/accepted-issuer.js'
import { signingAlgorithm } from '../configuration/check-private-key.js'
import type { Surroundings } from './surroundings.js'

/** What a request carries so that the issuer knows who asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
}

/** Seconds for which an assertion is good: it is made for one request. */
const ASSERTION_LIFE = 60

/** Says who asks, in the way that the issuer wants it said. Each call is for one request. */
export function clientAuthentication(
  client: IntrospectionClient,
  audience: string,
  surroundings: Pick<Surroundings, 'now'>,
): () => Promise<Credentials> {
  switch (client.method) {
    case 'client_secret_basic': {
      const authorization = `Basic ${Buffer.from(`${formEncode(client.id)}:${formEncode(client.secret)}`).toString('base64')}`
      return async () => ({ headers: { authorization }, form: {} })
    }
    case 'bearer':
      // RFC 7662 section 2.1: a token of ours. Where it comes from is the operator's affair.
      return async () => ({ headers: { authorization: `Bearer ${client.apiKey}` }, form: {} })
    case 'private_key_jwt':
      return assertionMaker(client, audience, surroundings)
  }
}

/**
 * RFC 7523 sections 2.2 and 3. The audience is the issuer, unless that wants
 * another: an assertion for one endpoint's URL could be made to fit another's.
 */
function assertionMaker(
  { id, privateKey, keyId, certificateThumbprint: x5t }: Extract<IntrospectionClient, { method: 'private_key_jwt' }>,
  audience: string,
  surroundings: Pick<Surroundings, 'now'>,
): () => Promise<Credentials> {
  const key = createPrivateKey(privateKey)
  const alg = x5t === undefined ? signingAlgorithm(key) : 'PS256'
  if (alg === undefined) throw new TypeError('A key that was checked at boot cannot sign.')
  return async () => {
    const issuedAt = Math.floor(surroundings.now() / 1000)
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({
        alg,
        ...(keyId === undefined ? {} : { kid: keyId }),
        // Microsoft identity platform, certificate credentials.
        ...(x5t === undefined ? {} : { typ: 'JWT', 'x5t#S256': x5t }),
      })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ASSERTION_LIFE)
      .sign(key)
    return {
      headers: {},
      form: {
        client_id: id,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      },
    }
  }
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1)
}
