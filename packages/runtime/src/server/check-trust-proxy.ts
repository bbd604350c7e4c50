import { BlockList, isIP } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import { ConfigurationError } from '../configuration/configuration-error.js'
import type { Environment } from '../configuration/environment.js'

type TrustProxy = NonNullable<FastifyServerOptions['trustProxy']>

const NAMED = ['loopback', 'linklocal', 'uniquelocal']

/**
 * Where the proxies are whose `X-Forwarded-For` is believed. Nobody's, if nobody
 * says so. Believing everybody would let each caller choose the address that its
 * requests are counted for.
 *
 * @throws {ConfigurationError}
 */
export function checkTrustProxy(option: FastifyServerOptions['trustProxy'], environment: Environment): TrustProxy {
  const value = option ?? trustedBy(environment)
  if (value === false || typeof value === 'function') return value
  const places = placesIn(value)
  if (places !== undefined) return places
  throw new ConfigurationError([problem(option === undefined ? 'TRUST_PROXY' : 'trustProxy', value)])
}

/** What is wrong with the variable, or nothing. */
export function trustProxyProblem(environment: Environment): string | undefined {
  const value = trustedBy(environment)
  return value === false || placesIn(value) !== undefined ? undefined : problem('TRUST_PROXY', value)
}

function trustedBy(environment: Environment): string | false {
  const variable = environment.TRUST_PROXY
  return variable === undefined || variable.trim() === '' ? false : variable
}

function placesIn(value: string | string[] | true): string[] | undefined {
  const places = (Array.isArray(value) ? value : String(value).split(',')).map((place) => String(place).trim())
  return places.length > 0 && places.every(isPlace) ? places : undefined
}

function problem(name: string, value: string | string[] | true): string {
  return (
    `${name}: ${JSON.stringify(value)} cannot be used.\n` +
    'The proxies whose X-Forwarded-For is believed, for limits by address and for the log.\n' +
    'Name their addresses, such as 10.0.0.0/8 or loopback. Everybody cannot be believed.'
  )
}

function isPlace(place: string): boolean {
  if (NAMED.includes(place)) return true
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(place) ?? []
  return isIP(address) !== 0 && (bits === undefined || isNetwork(address, Number(bits)))
}

/** A network of everybody is no place, and neither is a part of that: the largest that are private are 10.0.0.0/8 and fc00::/7. */
function isNetwork(address: string, bits: number): boolean {
  if (isIP(address) === 4) return bits >= 8 && bits <= 32
  return bits >= 7 && bits <= 128 && !holdsAllOfIPv4(address, bits)
}

/** RFC 4291 section 2.5.5.2: `::ffff:0:0/96` is every IPv4 address there is. */
function holdsAllOfIPv4(address: string, bits: number): boolean {
  const network = new BlockList()
  network.addSubnet(address, bits, 'ipv6')
  return ['::ffff:0:0', '::ffff:ffff:ffff'].every((end) => network.check(end, 'ipv6'))
}
