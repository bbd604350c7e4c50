import { lookup as systemLookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { isSpecialUse } from './special-use-addresses.js'

/** The host is, or resolves to, an address that is not on the public internet. */
export class SpecialUseAddressError extends Error {
  override readonly name: string = 'SpecialUseAddressError'
}

/** How a name becomes addresses, and how a connection is opened; the system's own outside of tests. */
export interface Network {
  readonly lookup: typeof systemLookup
  readonly request: (
    url: URL,
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) => ClientRequest
}

type ClientRequest = ReturnType<typeof httpsRequest>

const system: Network = { lookup: systemLookup, request: httpsRequest }

/**
 * A `fetch` for addresses that strangers choose (client id metadata documents,
 * key sets): https only, no redirect is followed, and no connection is opened to
 * a special-use address. The address that was checked is the one that is
 * connected to, so a name that changes its mind in between gains nothing.
 *
 * Size and time are limited by who calls it.
 */
export function createPublicFetch(network: Network = system): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.protocol !== 'https:') throw new TypeError(`${url.protocol} is not fetched, only https:`)
    if (isLocalName(url.hostname)) throw new SpecialUseAddressError(explain(url.hostname))
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && isSpecialUse(literal)) throw new SpecialUseAddressError(explain(url.hostname))
    return await send(url, init ?? {}, network)
  }
}

/** RFC 6761 section 6.3: this computer, whatever a resolver says; many do not know the names below `localhost`. */
function isLocalName(hostname: string): boolean {
  return /(?:^|\.)localhost\.?$/.test(hostname)
}

function send(url: URL, init: RequestInit, network: Network): Promise<Response> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      lookup: publicLookup(network.lookup),
      // A kept connection would skip the check of the next lookup.
      agent: false,
      ...(init.signal && { signal: init.signal }),
    }
    const request = network.request(url, options, (response) => resolve(toResponse(response)))
    request.on('error', reject)
    request.end(typeof init.body === 'string' ? init.body : undefined)
  })
}

/** A lookup that fails as a whole when one address is special-use: such a name is not a public server's. */
function publicLookup(lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      if (addresses.some(({ address }) => isSpecialUse(address))) {
        return callback(new SpecialUseAddressError(explain(hostname)), [])
      }
      const [first] = addresses
      if (options.all || !first) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    for (const entry of [value ?? []].flat()) headers.append(name, entry)
  }
  const status = message.statusCode ?? 502
  const empty = status === 204 || status === 205 || status === 304
  if (empty) message.resume()
  // The stream types of node:stream/web and of the global scope differ in name only.
  const body = empty ? null : (Readable.toWeb(message) as unknown as ReadableStream<Uint8Array>)
  return new Response(body, { status, headers })
}

function explain(host: string): string {
  return `${host} resolves to a special-use IP address`
}
