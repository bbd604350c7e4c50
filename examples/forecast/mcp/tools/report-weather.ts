import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Report the weather',
  description: 'Tell others what the weather is like in a city now',
  scopes: ['forecast:report'],
  annotations: { destructiveHint: false },
  input: z.object({ city: z.string().min(1).max(100), sky: z.string().min(1).max(200) }),
  output: z.object({ accepted: z.boolean() }),
  async run({ city, sky }, { caller, services, signal }) {
    await services.forecasts.report({ city, sky, reporter: caller.subject }, signal)
    return { accepted: true }
  },
})
