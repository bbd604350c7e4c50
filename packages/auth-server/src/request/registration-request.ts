import { isLoopback } from '../configuration/loopback.js'
import { redirectKind } from '../provider/redirect-uri.js'

/** What is registered of a request, or why nothing is. */
export type NormalisedRegistration =
  | { readonly metadata: Readonly<Record<string, unknown>> }
  | { readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata'; readonly description: string }

const grantTypes: readonly string[] = ['authorization_code', 'refresh_token']
const authenticationMethods: readonly string[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
]
const pages: readonly string[] = ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri']

/** As HTML has it for `input type=email`; the provider refuses a client with another one. */
const mailAddress = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i

/**
 * Client metadata (RFC 7591 section 2) as real clients send it, made into what
 * the provider accepts: empty members count as absent, what is not supported is
 * left out instead of refused, and the response shows what was kept. Without
 * one redirect URI that may be used there is nothing to register.
 *
 * `scope` is not registered: it would limit the client for ever to what it
 * happened to ask for first.
 */
export function normaliseRegistration(body: unknown): NormalisedRegistration {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { error: 'invalid_client_metadata', description: 'the client metadata must be a JSON object' }
  }
  const given = new Map(Object.entries(body).filter(([, value]) => !isEmpty(value)))
  const asked = strings(given.get('redirect_uris'))
  const native = asked.some((uri) => isNative(uri)) || given.get('application_type') === 'native'
  const redirectUris = asked.filter((uri) => isRegistrable(uri, native))
  if (redirectUris.length === 0) return { error: 'invalid_redirect_uri', description: explainRedirects(asked) }
  const metadata: Record<string, unknown> = {
    redirect_uris: redirectUris,
    grant_types: registeredGrants(given.get('grant_types')),
    response_types: ['code'],
    token_endpoint_auth_method: authenticationMethod(given.get('token_endpoint_auth_method'), native),
    application_type: native ? 'native' : 'web',
  }
  const name = given.get('client_name')
  if (typeof name === 'string') metadata.client_name = name
  for (const member of pages) {
    const address = given.get(member)
    if (isWebPage(address)) metadata[member] = address
  }
  for (const member of ['jwks', 'jwks_uri']) if (given.has(member)) metadata[member] = given.get(member)
  const contacts = strings(given.get('contacts')).filter((contact) => mailAddress.test(contact))
  if (contacts.length > 0) metadata.contacts = contacts
  return { metadata }
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '' || value === undefined) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter((entry) => typeof entry === 'string'))] : []
}

function isNative(uri: string): boolean {
  const kind = redirectKind(uri)
  return kind === 'loopback' || kind === 'private-scheme'
}

/** A program that takes answers on this computer has no certificate for it, and the provider refuses the mix. */
function isRegistrable(uri: string, native: boolean): boolean {
  const kind = redirectKind(uri)
  if (kind === undefined) return false
  return !(native && kind === 'hosted' && isLoopback(new URL(uri).hostname))
}

function registeredGrants(value: unknown): readonly string[] {
  if (value === undefined) return grantTypes
  const kept = grantTypes.filter((grant) => strings(value).includes(grant))
  return kept.includes('authorization_code') ? kept : ['authorization_code', ...kept]
}

/** RFC 7591 makes Basic the default; a program on a user's computer cannot keep a secret (OAuth 2.1 section 2.1). */
function authenticationMethod(value: unknown, native: boolean): string {
  if (typeof value === 'string' && authenticationMethods.includes(value)) return value
  return native ? 'none' : 'client_secret_basic'
}

function isWebPage(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

function explainRedirects(asked: readonly string[]): string {
  if (asked.length === 0) return 'redirect_uris must name at least one address'
  return (
    'none of the redirect_uris can be used: allowed are https addresses, http addresses of this computer ' +
    '(localhost, 127.0.0.1, [::1]) and the private schemes of known editors, all without a fragment'
  )
}
