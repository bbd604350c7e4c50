import type { Expected } from './attack.js'
import { METADATA } from './http/request.js'

/** How this server refuses, written down once: what differs from attack to attack is which of these it is. */

const WHERE = `resource_metadata="${METADATA}"`
const REALM = 'realm="attack-target"'

export const LOGIN_CHALLENGE: string = `Bearer ${WHERE}, scope="items:read", ${REALM}`
const INVALID_TOKEN_CHALLENGE: string =
  'Bearer error="invalid_token", error_description="The access token is not valid for this resource", ' +
  `${WHERE}, scope="items:read", ${REALM}`

export const LOGIN: Expected = { status: 401, error: 'unauthorized', challenge: LOGIN_CHALLENGE }
export const INVALID_TOKEN: Expected = { status: 401, error: 'invalid_token', challenge: INVALID_TOKEN_CHALLENGE }
export const NOT_FOUND: Expected = { status: 404, error: 'not_found' }
export const ORIGIN: Expected = { status: 403, error: 'origin_not_allowed' }
export const MISDIRECTED: Expected = { status: 421, error: 'misdirected_request' }
export const BAD_REQUEST: Expected = { status: 400, error: 'invalid_request' }
export const METHOD_NOT_ALLOWED: Expected = { status: 405, error: 'method_not_allowed' }

/** A valid token that lacks scopes: what it lacks, and what the next one should hold. */
export function insufficientScope(missing: readonly string[], wanted: string): Expected {
  const lacks = `${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(' ')}`
  return {
    status: 403,
    error: 'insufficient_scope',
    challenge: `Bearer error="insufficient_scope", error_description="The access token lacks ${lacks}", scope="${wanted}", ${WHERE}, ${REALM}`,
  }
}

/** The protocol's own refusals. */
export function rpc(status: number, code: number): Expected {
  return { status, error: code }
}
