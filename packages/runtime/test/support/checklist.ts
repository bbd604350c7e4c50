/** A row of the requirements on an MCP server that is an OAuth 2.1 protected resource. */
export interface Row {
  /** What it asks of the server, in our words. */
  readonly asks: string
  /** Why no test carries its number; the others have at least one. */
  readonly untested?: string
}

/**
 * The requirements of MCP 2025-11-25 and 2026-07-28, and of what they refer to,
 * on a protected resource (PR), on its handling of tokens (TK), and on scopes
 * (SC). Tests carry these numbers in their names; `checklist.test.ts` compares.
 */
export const CHECKLIST: Readonly<Record<string, Row>> = {
  'PR-01': { asks: 'protected resource metadata is published (RFC 9728)' },
  'PR-02': { asks: 'the metadata names an authorization server' },
  'PR-03': { asks: 'challenge and well-known places lead to the same metadata' },
  'PR-04': { asks: 'a request without a usable token gets a Bearer challenge with a parameter' },
  'PR-05': { asks: 'the 401 challenge has realm and resource_metadata, which is absolute and answers' },
  'PR-06': { asks: 'resource in the metadata is the address of the endpoint, character for character' },
  'PR-07': { asks: 'resource is an absolute https URI without fragment' },
  'PR-08': { asks: 'no trailing slash; case of scheme and host does not matter in audiences' },
  'PR-09': { asks: 'the metadata is JSON, and empty lists are left out' },
  'PR-10': { asks: 'the metadata needs no token' },
  'PR-11': { asks: 'issuers are named byte for byte as they publish themselves' },
  'PR-12': { asks: 'tokens of the listed issuers are accepted, and of no other' },
  'PR-13': { asks: 'every request is authorized, of every method' },
  'PR-14': { asks: '401 for no or a bad token, 403 for too few scopes, 400 for what is malformed' },
  'PR-15': { asks: 'no error in the challenge when no credentials came' },
  'PR-16': { asks: 'invalid_token in the challenge when a token was refused' },
  'PR-17': { asks: 'no parameter of a challenge stands there twice, and values keep to their characters' },
  'PR-18': { asks: 'nothing is processed and nothing learned before the token is verified' },
  'PR-19': { asks: 'the token comes in the Authorization header, the scheme in any case' },
  'PR-20': { asks: 'tokens in the query are ignored' },
  'PR-21': { asks: 'OAuth URLs are https' },
  'PR-22': { asks: 'nothing is remembered of a connection' },
  'PR-23': { asks: 'no method opens a way past authorization' },
  'PR-24': {
    asks: 'stdio servers do not use OAuth',
  },
  'PR-25': { asks: 'error texts are generic, details are in the log with a reference' },

  'TK-01': { asks: 'tokens are in time, for this resource, with scopes that suffice' },
  'TK-02': { asks: 'invalid and expired tokens get 401' },
  'TK-03': { asks: 'a token was issued for this server' },
  'TK-04': {
    asks: 'a token without this audience is refused, unless it is verified in another way to be meant for us',
  },
  'TK-05': { asks: 'no token is accepted that is valid elsewhere only' },
  'TK-06': { asks: 'the token is passed to nobody' },
  'TK-07': { asks: 'upstream calls use a token of their own' },
  'TK-08': { asks: 'signatures by trusted keys and expected algorithms only' },
  'TK-09': { asks: 'an ID token or another kind does not stand in for an access token' },
  'TK-10': { asks: 'issuers are pinned, tenants too' },
  'TK-11': { asks: 'generic audiences do not count' },
  'TK-12': { asks: 'introspection: active, audience, times and scopes are checked, and we authenticate' },
  'TK-13': { asks: 'an issuer that is away lets nobody in' },
  'TK-14': { asks: 'what is remembered of a token ends with it' },
  'TK-15': { asks: 'tokens are not stored where somebody could take them' },
  'TK-16': { asks: 'tokens and secrets are not logged' },
  'TK-17': { asks: 'no token in a cookie or in a URL' },
  'TK-18': { asks: 'a session does not lengthen the life of a token' },
  'TK-19': {
    asks: "the server's own credentials are not those of a login",
    untested: 'The server takes part in no login: the only credentials that it has are those for introspection.',
  },
  'TK-20': { asks: 'what clients say of themselves decides nothing' },
  'TK-21': { asks: 'tokens are verified by an established library' },
  'TK-22': { asks: 'revoked tokens are refused within the configured time' },

  'SC-01': { asks: 'the 401 challenge names scopes' },
  'SC-02': {
    asks: 'clients assume no relation of challenged scopes and scopes_supported',
    untested: 'It binds clients. SC-04 and SC-11 show what each of the two holds.',
  },
  'SC-03': { asks: 'the same request gets the same set of scopes' },
  'SC-04': { asks: 'scopes_supported is the baseline, not the catalogue' },
  'SC-05': { asks: 'the challenge names scopes, so that no client asks for everything' },
  'SC-06': { asks: 'too few scopes are 403' },
  'SC-07': { asks: 'with insufficient_scope' },
  'SC-08': { asks: 'with the scopes that are needed' },
  'SC-09': { asks: 'with resource_metadata' },
  'SC-10': { asks: 'with error_description' },
  'SC-11': { asks: 'all scopes that are needed are in one challenge' },
  'SC-12': {
    asks: 'held scopes need not be repeated',
    untested: 'It allows something that is not done here: SC-13 shows that they are.',
  },
  'SC-13': { asks: 'held scopes are repeated for clients that do not add up' },
  'SC-14': {
    asks: 'one of three strategies for the challenge',
    untested: 'There is one, for every era: what is needed and what is held (SC-13).',
  },
  'SC-15': { asks: 'the strategy is the same for everything' },
  'SC-16': { asks: 'a broader scope satisfies a narrower requirement' },
  'SC-17': { asks: 'challenges name the narrow one' },
  'SC-18': { asks: 'offline_access is in no challenge and no metadata' },
  'SC-19': {
    asks: 'lists may differ by the authorization of the request',
    untested: 'It allows something that is not done here: SC-20 shows that lists are the same for everybody.',
  },
  'SC-20': { asks: 'lists do not differ by connection or by earlier calls' },
  'SC-21': { asks: 'scopes are decided before an answer begins' },
  'SC-22': { asks: 'an unknown name is a protocol error, not one of scopes' },
  'SC-23': { asks: 'a refusal that no scope cures is not called insufficient_scope' },
  'SC-24': { asks: 'scopes keep to their characters and their case' },
  'SC-25': { asks: 'tokens with fewer scopes than asked for are of use' },
  'SC-26': {
    asks: 'no wildcard scopes, and no silent change of what a scope allows',
    untested:
      'What a scope is called is up to the spec; SC-24 shows that none is a pattern. Changes show in generated files that are reviewed.',
  },
  'SC-27': {
    asks: 'a scope alone does not open the object of somebody else',
    untested: 'Only a handler knows whose an object is; examples/notes shows how, in its tests of the store.',
  },
  'SC-28': { asks: 'refusals and admissions are logged' },
  'SC-29': { asks: 'resources and prompts are protected like tools' },
  'SC-30': {
    asks: 'clients ask for the union of earlier and challenged scopes',
    untested: 'It binds clients. SC-13 serves those that do not.',
  },
  'SC-31': {
    asks: 'clients give up after a few attempts',
    untested: 'It binds clients. SC-11 makes one attempt enough.',
  },
}
