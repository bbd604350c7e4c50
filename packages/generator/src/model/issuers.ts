import type { AuthFacts, Located, ServerFacts, SettingFact } from '../analyse/facts.js'

/** The authorization servers whose tokens are accepted, in the order of the source, as far as they could be read. */
export function issuersOf(server: ServerFacts | null): readonly Located<AuthFacts>[] {
  return server === null || typeof server.auth === 'string' ? [] : server.auth.value
}

/** Where `@mcp-secure/auth-server` is when the spec does not say. */
const EMBEDDED_ISSUER: SettingFact = { kind: 'env', name: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' }

/** The variable with the secret by which this server asks the embedded authorization server. */
export const EMBEDDED_SECRET = 'MCP_INTROSPECTION_SECRET'

/** Where an authorization server is. */
export function issuerSetting({ issuer }: AuthFacts): SettingFact {
  return issuer?.value ?? EMBEDDED_ISSUER
}

/** Whether its tokens say nothing by themselves, so that it has to be asked about them. */
export function issuesOpaque(auth: AuthFacts): boolean {
  return auth.kind === 'embedded' || auth.tokens === 'opaque'
}

/** Whether two settings name the same thing in the same way: the same text, or the same variable. */
export function isSameSetting(one: SettingFact, other: SettingFact): boolean {
  if (one.kind === 'literal') return other.kind === 'literal' && one.value === other.value
  return other.kind === 'env' && one.name === other.name
}
