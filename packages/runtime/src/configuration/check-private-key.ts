import { createPrivateKey, type KeyObject } from 'node:crypto'

/** What is wrong with a private key to sign with, or nothing. */
export function checkPrivateKey(pem: string): string | undefined {
  try {
    return signingAlgorithm(createPrivateKey(pem)) === undefined
      ? 'It must be an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key.'
      : undefined
  } catch {
    // Node's message could quote the key.
    return 'It must be a private key in PEM without a passphrase (-----BEGIN PRIVATE KEY-----).'
  }
}

/** The same for a key with a certificate: such signatures are PS256 (RFC 7518 section 3.5). */
export function checkCertificateKey(pem: string): string | undefined {
  return (
    checkPrivateKey(pem) ?? (createPrivateKey(pem).asymmetricKeyType === 'rsa' ? undefined : 'It must be an RSA key.')
  )
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' }

/** The algorithm that a key signs with (RFC 7518 section 3.1, RFC 9864), or nothing if it should not. */
export function signingAlgorithm({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  switch (asymmetricKeyType) {
    case 'rsa':
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? 'RS256' : undefined
    case 'ec':
      return CURVES[asymmetricKeyDetails?.namedCurve ?? '']
    case 'ed25519':
      return 'EdDSA'
    default:
      return undefined
  }
}
