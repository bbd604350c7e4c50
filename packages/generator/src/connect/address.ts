/** RFC 6761, 6762 and 8375: names that no public name server answers for. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|home\.arpa|test|invalid)$/
/** RFC 1122, 1918, 3927 and 6598. */
const PRIVATE_V4 = /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./
/** RFC 4291 and 4193. */
const PRIVATE_V6 = /^\[(?:::1?\]|::ffff:|fe[89ab]|f[cd])/

/** Why a client on somebody else's machine cannot connect to an address, or null. */
export function whyNotPublic(resource: string): string | null {
  const url = new URL(resource)
  const host = url.hostname.replace(/\.$/, '')
  if (isLoopback(resource)) return 'is on this computer alone'
  if (PRIVATE_NAME.test(host) || PRIVATE_V4.test(host) || PRIVATE_V6.test(host) || !/[.:]/.test(host)) {
    return 'is in a private network'
  }
  return url.protocol === 'https:' ? null : 'is http, not https'
}

/** RFC 8252 section 7.3. */
export function isLoopback(resource: string): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(resource).hostname)
}
