import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { normalizeIP } from '@fastify/rate-limit'
import type { Identity } from '../token/identity.js'

/** The address of who comes over a Unix socket: a program of this machine, or a proxy on it. */
export const UNIX_SOCKET = 'unix socket'

/**
 * The key of an address: an IPv6 network of 64 bits is one, as one household has
 * all of it. Nothing for this machine's own: whoever calls from there is a
 * program of the operator's, or a proxy that was not declared, behind which
 * are all the others. What a declared proxy says that is no address is one key
 * for all: nobody gets a count of their own by what they call themselves.
 */
export function addressKey(address: string): string | undefined {
  if (address === UNIX_SOCKET) return undefined
  const bare = withoutPort(address)
  if (isIP(bare) === 0) return 'unknown'
  const normal = normalizeIP(bare)
  return normal === '::' || normal === '::1' || normal.startsWith('127.') ? undefined : normal
}

/** Some proxies say the port, too, which is another one for each connection: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  const [, ipv4, ipv6] = /^(?:([\d.]+):\d+|\[([^\]]*)\](?::\d+)?)$/.exec(address) ?? []
  return ipv4 ?? ipv6 ?? address
}

/** The key of a subject: of one issuer, because another's may have the same name. Hashed, so that no store holds names. */
function subjectKey({ issuer, subject }: Identity): string {
  return hash(issuer, subject)
}

export function clientKey({ issuer, clientId }: Identity): string {
  return hash(issuer, clientId)
}

/** Who asks, as far as a limit is concerned: the subject, or the address of whoever has not logged in. */
export function callerKey(identity: Identity | undefined, address: string): string | undefined {
  if (identity !== undefined) return subjectKey(identity)
  const key = addressKey(address)
  return key === undefined ? undefined : `address ${key}`
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)
}
