/**
 * Whether a request names this server. The provider builds the addresses in its
 * metadata from the `Host` header, and a page whose own name resolves to this
 * computer sends that name (DNS rebinding): only the issuer's host gets an answer.
 */
export function isOwnHost(host: string | undefined, issuer: URL): boolean {
  return host?.toLowerCase() === issuer.host
}

export function explainHost(host: string | undefined, issuer: URL): string {
  return (
    `This server is ${issuer.origin}, and the request was for "${(host ?? '').slice(0, 200)}". ` +
    `Use ${issuer.origin}, or set MCP_AUTH_ISSUER to the address that you use.`
  )
}
