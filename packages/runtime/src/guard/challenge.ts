import type { Configuration } from '../configuration/configuration.js'
import type { Refusal } from './refusal.js'

/**
 * The value of `WWW-Authenticate` (RFC 6750 section 3, RFC 9728 section 5.1).
 * It is always one challenge that starts with `Bearer `, because clients look
 * for exactly that, and its URL comes from the configuration, never from `Host`.
 */
export function challenge(parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${quotable(value)}"`)
  return `Bearer ${written.join(', ')}`
}

/**
 * For requests without credentials: no `error` (RFC 6750 section 3.1), and the
 * same scopes for everybody, enough for a first login to be of use.
 */
export function loginChallenge(configuration: Configuration): string {
  return challenge({ ...whereToLogIn(configuration), ...baselineScope(configuration), ...realm(configuration) })
}

/** For the same in a result, where clients need an `error` to act on it. */
export function linkChallenge(configuration: Configuration): string {
  return challenge({
    error: 'insufficient_scope',
    error_description: 'A login is needed',
    ...baselineScope(configuration),
    ...whereToLogIn(configuration),
    ...realm(configuration),
  })
}

/** For credentials that were refused; why is nobody's business. */
export function invalidTokenChallenge(configuration: Configuration): string {
  return challenge({
    error: 'invalid_token',
    error_description: 'The access token is not valid for this resource',
    ...whereToLogIn(configuration),
    ...baselineScope(configuration),
    ...realm(configuration),
  })
}

/**
 * For a token that is good but does not hold enough. It names all that is
 * needed at once, together with what the token holds already: clients that do
 * not add up would otherwise trade one permission for another.
 */
export function insufficientScopeChallenge(
  configuration: Configuration,
  { needed, missing, held }: Extract<Refusal, { reason: 'insufficient-scope' }>,
): string {
  return challenge({
    error: 'insufficient_scope',
    error_description: `The access token lacks ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(' ')}`,
    scope: cumulativeScope(configuration, held, needed),
    ...whereToLogIn(configuration),
    ...realm(configuration),
  })
}

/** For a token whose login was too long ago, or of too low a level (RFC 9470 section 3). */
export function loginDemandChallenge(
  configuration: Configuration,
  { needed, held, demand: { maxAgeSeconds, acr } }: Extract<Refusal, { reason: 'login-too-weak' }>,
): string {
  const scope = cumulativeScope(configuration, held, needed)
  return challenge({
    error: 'insufficient_user_authentication',
    error_description: maxAgeSeconds === undefined ? 'A stronger login is needed' : 'A more recent login is needed',
    ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
    ...(acr === undefined ? {} : { acr_values: acr.join(' ') }),
    ...(scope === '' ? {} : { scope }),
    ...whereToLogIn(configuration),
    ...realm(configuration),
  })
}

/**
 * What the token holds and what is needed, in the order of declaration. Implied scopes count in the decision but
 * are not printed: asking for them would ask for more than is needed.
 */
function cumulativeScope({ scopes }: Configuration, held: readonly string[], needed: readonly string[]): string {
  const wanted = new Set([...held, ...needed])
  return [...scopes.keys()].filter((name) => wanted.has(name)).join(' ')
}

function whereToLogIn({ resourceMetadata }: Configuration): Record<string, string> {
  return { resource_metadata: resourceMetadata }
}

/**
 * RFC 9110 section 11.5. Last, because some clients look for their parameter right after the scheme. Without what a
 * name could have in common with a parameter: clients look for theirs with a pattern, also within a text.
 */
function realm({ server }: Configuration): Record<string, string> {
  const name = server.name.replace(/[^A-Za-z0-9 ._~:/@+-]/g, '').trim()
  return name === '' ? {} : { realm: name }
}

function baselineScope({ scopes }: Configuration): Record<string, string> {
  const baseline = [...scopes].filter(([, scope]) => scope.baseline).map(([name]) => name)
  return baseline.length > 0 ? { scope: baseline.join(' ') } : {}
}

/** RFC 6750 section 3: %x20-21 / %x23-5B / %x5D-7E. Scopes and URLs are checked at boot; this is for the rest. */
function quotable(value: string): string {
  return value.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '')
}
