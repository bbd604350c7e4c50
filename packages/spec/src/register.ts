/**
 * What the spec knows of the project around it. `mcp-gen build` writes
 * `register.gen.ts`, which fills this in with the types of `mcp/server.ts` and
 * `mcp/services.ts`; that is how a scope that the server does not declare fails
 * to compile in every tool file.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Register {}

/** The scopes that `mcp/server.ts` declares. */
export type ScopeName = Register extends { server: { readonly scopes: infer S } }
  ? Extract<keyof S, string>
  : 'Run `mcp-gen build` once: it tells TypeScript which scopes this server declares.'

/** What `mcp/services.ts` opens at boot. */
export type Services = Register extends { services: { open(...boot: never[]): infer S } }
  ? Awaited<S>
  : Record<never, never>

/** Who a list belongs to: a subject, and of which issuer, where `auth` of `mcp/server.ts` names several. */
export type ListOwner = Register extends { server: { readonly auth: readonly [unknown, unknown, ...unknown[]] } }
  ? { readonly subject: string; readonly issuer: string }
  : { readonly subject: string; readonly issuer?: string }
