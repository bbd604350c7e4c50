/**
 * What speaks against starting here, or nothing. Anybody may log in as anybody
 * on this server, so it starts only where it was said that this is development;
 * an unset `NODE_ENV` counts as production, as it does for the MCP server.
 */
export function checkDevelopment(environment: NodeJS.ProcessEnv): string | undefined {
  const mode = environment.NODE_ENV
  if (mode === 'development' || mode === 'test') return undefined
  return (
    `This is the embedded authorization server, for development only, and NODE_ENV is ${mode ? `"${mode}"` : 'not set'}.\n` +
    'Whoever reaches its login page may log in under any name.\n' +
    'To develop on this computer, start it with NODE_ENV=development.\n' +
    'In production use a real authorization server: oidc(…) in mcp/server.ts instead of embedded().'
  )
}
