const metadata: readonly string[] = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']

/** What the provider answers, by method; everything else is ours, pages and "not found" included. */
const routes: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ['GET', [/^\/auth$/, /^\/auth\/[\w-]+$/, /^\/jwks$/, ...metadata.map(exactly)]],
  ['HEAD', [/^\/jwks$/, ...metadata.map(exactly)]],
  ['POST', [/^\/token$/, /^\/token\/introspection$/, /^\/token\/revocation$/, /^\/reg$/]],
  ['OPTIONS', [/^\/token$/, /^\/token\/introspection$/, /^\/token\/revocation$/, /^\/jwks$/, ...metadata.map(exactly)]],
])

/**
 * The path by which the provider knows a request, or `undefined` when it is none
 * of the provider's. With a path in the issuer, metadata is also found where
 * clients look first: the well-known part before the path (RFC 8414 section 3.1).
 */
export function providerPath(method: string, path: string, base: string): string | undefined {
  const inserted = base !== '' && metadata.find((wellKnown) => path === `${wellKnown}${base}`)
  const own = inserted || (path.startsWith(`${base}/`) ? path.slice(base.length) : undefined)
  return own !== undefined && routes.get(method)?.some((route) => route.test(own)) ? own : undefined
}

function exactly(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.')}$`)
}
