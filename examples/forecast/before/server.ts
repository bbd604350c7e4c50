// The same server as one writes it by hand, with the official SDK and jose: what `mcp/` replaces.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { z } from 'zod'
import type { ForecastApi } from '../api/forecast-api.js'

export interface HandWrittenOptions {
  readonly resource: string
  readonly issuer: string
  readonly forecasts: ForecastApi
}

export function createHandWrittenServer({ resource, issuer, forecasts }: HandWrittenOptions): Server {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  const { origin, pathname } = new URL(resource)
  const metadataPath = `/.well-known/oauth-protected-resource${pathname}`

  return createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0]
    if (path === metadataPath) return json(response, { resource, authorization_servers: [issuer] })
    if (path !== pathname) return void response.writeHead(404).end()
    const auth = await verify(request)
    if (!auth) {
      const challenge = `Bearer resource_metadata="${origin}${metadataPath}"`
      return void response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await createMcpServer(forecasts).connect(transport)
    await transport.handleRequest(Object.assign(request, { auth }), response)
  }

  async function verify(request: IncomingMessage): Promise<AuthInfo | undefined> {
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    if (!token) return undefined
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: resource })
      const scopes = String(payload.scope ?? '').split(' ')
      return { token, clientId: String(payload.client_id), scopes, extra: { subject: payload.sub } }
    } catch {
      return undefined
    }
  }
}

function createMcpServer(forecasts: ForecastApi): McpServer {
  const server = new McpServer({ name: 'forecast', version: '1.0.0', title: 'Forecast' })
  server.registerTool(
    'get_forecast',
    {
      title: 'Get the forecast',
      description: 'Get the forecast of a city for tomorrow',
      annotations: { readOnlyHint: true, openWorldHint: true },
      inputSchema: { city: z.string().min(1).max(100) },
      outputSchema: { city: z.string(), celsius: z.number(), sky: z.string() },
    },
    async ({ city }, { authInfo, signal }) => {
      if (!authInfo?.scopes.includes('forecast:read')) return failure('The token lacks forecast:read.')
      return success(await forecasts.get(city, signal))
    },
  )
  server.registerTool(
    'report_weather',
    {
      title: 'Report the weather',
      description: 'Tell others what the weather is like in a city now',
      annotations: { destructiveHint: false },
      inputSchema: { city: z.string().min(1).max(100), sky: z.string().min(1).max(200) },
      outputSchema: { accepted: z.boolean() },
    },
    async ({ city, sky }, { authInfo, signal }) => {
      if (!authInfo?.scopes.includes('forecast:report')) return failure('The token lacks forecast:report.')
      await forecasts.report({ city, sky, reporter: String(authInfo.extra?.subject) }, signal)
      return success({ accepted: true })
    },
  )
  return server
}

function success(structuredContent: Record<string, unknown>) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }], structuredContent }
}

function failure(text: string) {
  return { content: [{ type: 'text' as const, text }], isError: true }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
