import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Get the forecast',
  description: 'Get the forecast of a city for tomorrow',
  scopes: ['forecast:read'],
  annotations: { readOnlyHint: true, openWorldHint: true },
  input: z.object({ city: z.string().min(1).max(100) }),
  output: z.object({ city: z.string(), celsius: z.number(), sky: z.string() }),
  run: ({ city }, { services, signal }) => services.forecasts.get(city, signal),
})
