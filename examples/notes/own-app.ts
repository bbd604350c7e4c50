// The same MCP server inside a Fastify application that has other things to do.
import fastify, { type FastifyInstance } from 'fastify'
import { mcp } from './generated/server.gen.js'

export async function createOwnApp(environment: NodeJS.ProcessEnv): Promise<FastifyInstance> {
  const app = fastify()
  app.get('/', () => ({ hello: 'from an app of my own' }))
  await app.register(mcp, { environment })
  return app
}
