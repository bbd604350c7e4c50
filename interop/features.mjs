// A server with everything that the protocol offers, protected, and a token for it: the fixture of the conformance suite.
import { startFixture } from '../conformance/fixture.mjs'
import { freePort } from '../scripts/free-port.mjs'

export async function startFeatures() {
  // There only when the packages have been built.
  const { createTestIssuer } = await import('@mcp-secure/testing')
  const port = await freePort()
  const resource = `http://localhost:${port}/mcp`
  const issuer = await createTestIssuer({ audience: resource })
  try {
    const fixture = await startFixture({ resource, issuer: issuer.issuer, port })
    return {
      environment: { MCP_URL: resource, MCP_TOKEN: await issuer.issue({ scopes: ['fixture:use'], expiresIn: 600 }) },
      log: fixture.log,
      stop: () => Promise.all([fixture.stop(), issuer.stop()]),
    }
  } catch (error) {
    await issuer.stop()
    throw error
  }
}
