import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'forecast',
  version: '1.0.0',
  title: 'Forecast',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'forecast:read': { description: 'Read the forecast', baseline: true },
    'forecast:report': { description: 'Report the weather in your name' },
  },
  auth: oidc({ issuer: env('FORECAST_ISSUER'), tokens: 'jwt' }),
})
