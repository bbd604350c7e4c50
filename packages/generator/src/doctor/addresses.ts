import { lookup } from 'node:dns/promises'
import { whyNotPublic } from '../connect/address.js'

export interface Address {
  readonly address: string
  readonly family: number
}

/** Every address of a host; rejects as `node:dns` does. */
export type Lookup = (host: string) => Promise<readonly Address[]>

/** As every program on this computer looks them up, `/etc/hosts` included. */
export const systemLookup: Lookup = (host) => lookup(host, { all: true, order: 'verbatim' })

/** Whether an address leads into a private network or to this computer. */
export function isPrivate(address: string): boolean {
  const url = `https://${address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address}/`
  return !URL.canParse(url) || whyNotPublic(url) !== null
}

/** Every address of the host of a URL; rejects when the signal comes first. */
export function addressesOf(url: string, lookup: Lookup, signal: AbortSignal): Promise<readonly Address[]> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([lookup(host), aborted])
}
