import { relative } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type AuthorizationServerOptions, createAuthorizationServer } from './authorization-server.js'
import { type Configuration, readConfiguration } from './configuration/configuration.js'
import { ConfigurationError } from './configuration/configuration-error.js'
import type { AuthorizationServerDefinition } from './definition.js'

/**
 * Runs the authorization server as this process: listens at its issuer on
 * loopback, prints one line, and ends on SIGINT or SIGTERM once open requests
 * are answered. What keeps it from starting is printed without a stack, and the
 * process ends with code 78.
 */
export async function serve(
  definition: AuthorizationServerDefinition,
  options: AuthorizationServerOptions = {},
): Promise<void> {
  try {
    const configuration = readConfiguration(definition, options.environment ?? process.env)
    const app = await createAuthorizationServer(definition, { logger: true, ...options })
    stopOnSignal(app)
    await listen(app, configuration)
    // Whoever started this process with a channel to it, such as `mcp-gen dev`.
    if (process.connected) process.send?.({ type: 'listening', port: Number(new URL(configuration.issuer).port || 80) })
    process.stdout.write(`${startLine(definition, configuration)}\n`)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    process.stderr.write(`${error.message}\n`)
    // EX_CONFIG, as the MCP server has it.
    process.exitCode = 78
  }
}

async function listen(app: FastifyInstance, { issuer }: Configuration): Promise<void> {
  const { hostname, port } = new URL(issuer)
  const { level } = app.log
  // Fastify logs that it listens, once for each address; the start line says it once, in words.
  app.log.level = 'warn'
  try {
    await app.listen({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) })
    app.log.level = level
  } catch (error) {
    await app.close()
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') throw portTaken(issuer, port)
    if (code === 'EACCES')
      throw new ConfigurationError([`Port ${port || 80} of ${issuer} may not be used by this user.`])
    throw error
  }
}

function portTaken(issuer: string, port: string): ConfigurationError {
  return new ConfigurationError([
    `Port ${port || 80} of ${issuer} is taken by another program.\n` +
      'Stop it (an authorization server of another project, perhaps), or choose another address, for this\n' +
      'process and for the MCP server alike. Example: MCP_AUTH_ISSUER=http://localhost:4001',
  ])
}

function startLine({ server }: AuthorizationServerDefinition, { issuer, resource, state }: Configuration): string {
  const kept = state?.databaseUrl ? 'PostgreSQL' : state && (relative('', state.directory) || '.')
  return (
    `Authorization server of ${server.title ?? server.name} at ${issuer} (development only: no passwords). ` +
    `Next: start the MCP server and connect a client to ${resource}.${kept ? ` State: ${kept}` : ''}`
  )
}

function stopOnSignal(app: FastifyInstance): void {
  const stop = (): void => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    app.close().catch((error: unknown) => {
      process.stderr.write(`The authorization server did not stop cleanly: ${String(error)}\n`)
      process.exitCode = 1
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
