import { isIP } from 'node:net'
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

/** A network of everything is no place. */
function isPlace(place: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(place) ?? []
  const longest = isIP(address) === 4 ? 32 : 128
  const isNetwork = bits === undefined || (Number(bits) > 0 && Number(bits) <= longest)
  return NAMED.includes(place) || (isIP(address) !== 0 && isNetwork)
}
