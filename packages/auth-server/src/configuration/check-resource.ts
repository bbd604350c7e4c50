/** What is wrong with a resource identifier, or nothing. RFC 8707 section 2. */
export function checkResource(resource: string): string | undefined {
  const url = URL.canParse(resource) ? new URL(resource) : undefined
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && !resource.includes('#')) return undefined
  return (
    `The resource "${resource}" is not an absolute http or https URL without a fragment.\n` +
    'It is the address of the MCP endpoint as clients type it.\n' +
    'Example: MCP_RESOURCE=http://localhost:3000/mcp'
  )
}
