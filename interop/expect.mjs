import assert from 'node:assert/strict'

/** Says that a step was gone, or ends the process. */
export function step(what, actual, expected) {
  assert.deepEqual(actual, expected, what)
  console.log(`${what}`)
}

/** Says that a call was refused with this code, or ends the process. */
export async function refused(what, call, code) {
  await assert.rejects(call, { code }, what)
  console.log(what)
}

/** A fetch that notes the status of every refusal with a challenge. */
export function noting(refusals) {
  return async (url, init) => {
    const response = await fetch(url, init)
    const challenge = response.headers.get('www-authenticate')
    if (challenge) refusals.push({ status: response.status, challenge })
    return response
  }
}

/** Makes the access token of a provider one that is refused, as if it had expired, and keeps its refresh token. */
export function spoil(provider) {
  const tokens = provider.tokens()
  assert.ok(tokens.refresh_token, 'there is a refresh token')
  provider.saveTokens({ ...tokens, access_token: 'expired' })
}

/** What a client is told first, once it has been shown where to tell it. */
export function next(register) {
  return new Promise((resolve) => register(resolve))
}
