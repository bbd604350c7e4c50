import { BlockList, isIP } from 'node:net'

/** Whether a host name, as `URL` spells it, is this very machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

const OWN = new BlockList()
OWN.addSubnet('127.0.0.0', 8, 'ipv4')
OWN.addAddress('::1', 'ipv6')
// Whoever connects to the unspecified address connects to this machine.
OWN.addSubnet('0.0.0.0', 8, 'ipv4')
OWN.addAddress('::', 'ipv6')

/**
 * Whether a host name, as `URL` spells it, leads to this machine by whatever
 * name or address: wider than the above, for what must not do so. Every name
 * below `localhost` does (RFC 6761 section 6.3), and so does an IPv4 address that
 * is written as one of IPv6 (RFC 4291 section 2.5.5.2).
 */
export function leadsToThisMachine(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  if (family !== 0) return OWN.check(address, family === 6 ? 'ipv6' : 'ipv4')
  const name = hostname.replace(/\.$/, '')
  return name === 'localhost' || name.endsWith('.localhost')
}
