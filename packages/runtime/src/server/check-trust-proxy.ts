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
 */
export function checkTrustProxy(option: FastifyServerOptions['trustProxy'], environment: Environment): TrustProxy {
  if (option !== undefined) return check('trustProxy', option)
  const variable = environment.TRUST_PROXY ?? ''
  if (variable.trim() === '') return false
  return check('TRUST_PROXY', variable)
}

function check(name: string, value: TrustProxy): TrustProxy {
  if (value === false || typeof value === 'function') return value
  const listed = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  const places = listed.map((place) => String(place).trim())
  if (places.length > 0 && places.every(isPlace)) return places
  throw new ConfigurationError([
    `${name}: ${JSON.stringify(value)} cannot be used.\nThe proxies whose X-Forwarded-For is believed, for limits by address and for the log.\nName their addresses, such as 10.0.0.0/8 or loopback. Everybody cannot be believed.`,
  ])
}

/** A network of everything is no place. */
function isPlace(place: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(place) ?? []
  const longest = isIP(address) === 4 ? 32 : 128
  const isNetwork = bits === undefined || (Number(bits) > 0 && Number(bits) <= longest)
  return NAMED.includes(place) || (isIP(address) !== 0 && isNetwork)
}
