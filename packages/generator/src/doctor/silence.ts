import type { Asking } from './ask.js'
import { quoted } from './quoted.js'

/** Why there is no answer. */
export interface Silence {
  readonly kind: 'silence'
  readonly url: string
  /** Follows the URL in a sentence. */
  readonly cause: string
  readonly cure: string
}

const RENEW = 'Renew the certificate, and the automation that should have.'
const TRUSTED = 'Use a certificate of an authority that clients trust.'
const CHAIN = 'Serve the whole chain: the certificate and the intermediate ones behind it.'
const NAME = 'Correct the name, or its entry in DNS.'
const LISTENING = 'Start the server, and open its port.'

const NO_TLS = ['does not speak TLS, or not as we do', 'Serve TLS 1.2 or 1.3 on this port.'] as const

/** What Node calls it, in words. */
const KNOWN: Readonly<Record<string, readonly [cause: string, cure: string]>> = {
  ENOTFOUND: ['has a host that DNS does not know', NAME],
  ENODATA: ['has a host that DNS does not know', NAME],
  EAI_AGAIN: ['has a host that DNS did not answer for', NAME],
  ECONNREFUSED: ['refused the connection: nothing listens there', LISTENING],
  ECONNRESET: ['ended the connection without an answer', 'Look into the log of the server, or of the proxy in front.'],
  EHOSTUNREACH: ['cannot be reached over the network', LISTENING],
  ENETUNREACH: ['cannot be reached over the network', LISTENING],
  CERT_HAS_EXPIRED: ['has an expired certificate', RENEW],
  CERT_NOT_YET_VALID: ['has a certificate that is not valid yet', 'Set the clock, or wait.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['has a certificate that nobody signed but itself', TRUSTED],
  SELF_SIGNED_CERT_IN_CHAIN: ['has a certificate of an authority that is not trusted', TRUSTED],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['has a certificate whose chain is not complete', CHAIN],
  UNABLE_TO_GET_ISSUER_CERT: ['has a certificate whose chain is not complete', CHAIN],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['has a certificate whose chain is not complete', CHAIN],
  ERR_TLS_CERT_ALTNAME_INVALID: ['has a certificate for another name', 'Get a certificate for the name in the URL.'],
  EPROTO: NO_TLS,
  HPE_HEADER_OVERFLOW: ['answered with more than 16 KiB of headers', 'Send fewer headers.'],
}

/** The silence that an error of `node:dns`, `node:tls` or `node:http` means. */
export function silence(url: string, error: unknown, asking: Pick<Asking, 'limitMs'>): Silence {
  if (error instanceof Error && /^(?:Timeout|Abort)Error$/.test(error.name)) return slow(url, asking)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [cause, cure] = KNOWN[code] ?? unknown(code)
  return { kind: 'silence', url, cause, cure }
}

/** The silence of one that took too long. */
export function slow(url: string, { limitMs }: Pick<Asking, 'limitMs'>): Silence {
  const cause = `did not answer within ${limitMs / 1000} seconds, after which clients give up`
  return {
    kind: 'silence',
    url,
    cause,
    cure: 'Find out what it waits for, or what keeps the network from getting there.',
  }
}

function unknown(code: string): readonly [cause: string, cure: string] {
  if (code.startsWith('ERR_SSL_')) return NO_TLS
  if (code.startsWith('HPE_')) return ['does not answer in HTTP', 'Serve HTTP on this port.']
  return [`gave no answer (${quoted(code)})`, 'Look whether the server runs, and into its log.']
}
