import type { FastifyInstance } from 'fastify'
import type { Configuration } from '../configuration/configuration.js'
import { resourceMetadata } from './metadata.js'

const ROOT = '/.well-known/oauth-protected-resource'

/**
 * Serves the metadata at the place that RFC 9728 section 3.1 says, and at the
 * root, where some clients look; the same bytes. It is public, to every origin.
 */
export function serveMetadata(instance: FastifyInstance, configuration: Configuration): void {
  const document = resourceMetadata(configuration)
  for (const url of [`${ROOT}${new URL(configuration.resource).pathname}`, ROOT]) {
    // A second MCP server in the same app: the root stays with the first, its own place is the one that counts.
    if (url === ROOT && instance.hasRoute({ method: 'GET', url })) continue
    instance.route({
      method: ['GET', 'HEAD'],
      url,
      handler: (_request, reply) =>
        reply
          .header('access-control-allow-origin', '*')
          .header('cache-control', 'public, max-age=300')
          .header('content-type', 'application/json; charset=utf-8')
          .send(document),
    })
    instance.options(url, (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-origin', '*')
        .header('access-control-allow-methods', 'GET, HEAD')
        // Clients send their version even here, which makes a browser ask first.
        .header('access-control-allow-headers', 'Accept, Content-Type, MCP-Protocol-Version')
        .header('access-control-max-age', '7200')
        .send(),
    )
  }
}
