import { bearerParameter, type Challenge } from './challenge.js'

/** What one parameter of a challenge is for, in words. */
export function explainParameter(name: string): string {
  return meanings[name] ?? ''
}

const meanings: Readonly<Record<string, string>> = {
  resource_metadata: 'where a client reads which authorization server to ask (RFC 9728)',
  scope: 'what to ask for at the login',
  error: 'why it was refused (RFC 6750)',
  error_description: 'the same for a person',
  realm: 'the name of the server',
}

/** What an answer without a result means for a client, in a sentence. */
export function explainStatus(status: number, challenges: readonly Challenge[]): string | undefined {
  const error = bearerParameter(challenges, 'error')
  if (status === 401 && error === undefined)
    return 'No token came with it. A client now finds the authorization server and logs in.'
  if (status === 401) return 'The token is not good (any more). A client logs in again.'
  if (status === 403 && error === 'insufficient_scope') {
    return 'The token is good and does not allow this. A client asks its user for the scopes below, and calls again.'
  }
  return meaningOfStatus[status]
}

const meaningOfStatus: Readonly<Record<number, string>> = {
  400: 'The request is not one that the protocol allows.',
  403: 'This page, or this user, may not do this.',
  404: 'The server does not know what was asked.',
  405: 'The endpoint takes POST only.',
  413: 'The request is larger than the server takes.',
  415: 'The endpoint takes JSON only.',
  421: 'The server does not answer under this host name.',
  502: 'The server under development did not answer.',
  503: 'The server, or the authorization server that it asks about tokens, cannot answer now.',
}
