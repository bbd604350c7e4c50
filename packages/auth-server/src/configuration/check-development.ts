/**
 * What speaks against starting here, or nothing. Anybody may log in as anybody
 * on this server, so it starts only where that was said to be wanted.
 */
export function checkDevelopment(environment: NodeJS.ProcessEnv): string | undefined {
  const mode = environment.NODE_ENV
  if (mode === 'development' || mode === 'test' || mode === undefined || mode === '') return undefined
  return (
    `This is the embedded authorization server, for development only, and NODE_ENV is "${mode}".\n` +
    'Whoever reaches its login page may log in under any name.\n' +
    'In production use a real authorization server: oidc(…) in mcp/server.ts instead of embedded().\n' +
    'To develop on this computer, start it with NODE_ENV=development.'
  )
}
