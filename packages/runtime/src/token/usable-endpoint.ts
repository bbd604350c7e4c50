import { BlockList, isIP } from 'node:net'
import { isLoopbackHost, leadsToThisMachine } from '../guard/loopback.js'

/** Addresses that mean another machine to everybody: nobody's endpoint, but that of a cloud's secrets. */
const LINK_LOCAL = new BlockList()
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4')
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6')
LINK_LOCAL.addSubnet('0.0.0.0', 8, 'ipv4')
LINK_LOCAL.addAddress('::', 'ipv6')

/**
 * An endpoint that an issuer's metadata names, if it may be asked; nothing
 * otherwise. It is https, or, where the issuer itself is not, on the issuer's
 * host or on this machine: an https issuer does not get its keys, or our secret,
 * carried in the clear. An issuer elsewhere cannot point at this machine.
 */
export function usableEndpoint(issuer: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const { protocol, hostname, username, password } = new URL(value)
  const own = new URL(issuer)
  if (username !== '' || password !== '' || isLinkLocal(hostname)) return undefined
  if (leadsToThisMachine(hostname) && !leadsToThisMachine(own.hostname)) return undefined
  if (protocol === 'https:') return value
  const insecure = protocol === 'http:' && own.protocol === 'http:'
  return insecure && (hostname === own.hostname || isLoopbackHost(hostname)) ? value : undefined
}

function isLinkLocal(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  return family !== 0 && LINK_LOCAL.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
