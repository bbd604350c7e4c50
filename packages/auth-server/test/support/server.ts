import { once } from 'node:events'
import { createServer } from 'node:net'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { assemble } from '../../src/assemble.js'
import type { StateLocation } from '../../src/configuration/configuration.js'
import type { AuthorizationServerDefinition } from '../../src/definition.js'
import { createPublicFetch } from '../../src/provider/public-fetch.js'

export const resource = 'http://localhost:3000/mcp'
export const introspectionSecret = 'the-resource-servers-secret'

export interface ServerOptions {
  /** The issuer's path; empty for an origin. */
  readonly path?: string
  readonly port?: number
  readonly resource?: string
  readonly state?: StateLocation
  /** Stands for the internet in front of client id metadata documents. */
  readonly fetch?: typeof globalThis.fetch
  readonly logger?: FastifyServerOptions['logger']
  readonly scopes?: AuthorizationServerDefinition['scopes']
}

export interface TestServer {
  readonly issuer: string
  readonly port: number
  readonly app: FastifyInstance
  close(): Promise<void>
}

const scopes: AuthorizationServerDefinition['scopes'] = {
  'notes:read': { description: 'Read your notes', baseline: true, implies: [] },
  'notes:write': {
    description: 'Create, change and delete your notes',
    baseline: false,
    implies: ['notes:read'],
  },
}

export function definitionFor(issuer: string): AuthorizationServerDefinition {
  return { server: { name: 'notes', title: 'Notes' }, resource, issuers: [{ issuer }], scopes }
}

/** The server as it is, on a port of its own, with nothing written down unless `state` says where. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort())
  const issuer = `http://localhost:${port}${options.path ?? ''}`
  const app = await assemble(
    { ...definitionFor(issuer), scopes: options.scopes ?? scopes },
    {
      issuer,
      resource: options.resource ?? resource,
      state: options.state,
      introspectionClientId: 'mcp-resource-server',
      introspectionSecret,
      introspectionSecretFile: 'unused',
    },
    { logger: options.logger, users: ['ada', 'grace'] },
    options.fetch ?? createPublicFetch(),
  )
  await app.listen({ host: 'localhost', port })
  return { issuer, port, app, close: () => app.close() }
}

/** The issuer must be known before the server is made, so a port is chosen first. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, 'localhost')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
