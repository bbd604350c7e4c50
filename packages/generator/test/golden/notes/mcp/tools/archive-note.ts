import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
import { SCOPES, WRITES } from '../_scopes.js'
import * as scopes from '../_scopes.js'

const description = ['Archive', 'a', 'note'].join(' ')

export default (defineTool({
  description,
  scopes: [SCOPES.read, ('notes:write' as const)] satisfies readonly [string, string],
  limits: { perMinute: 10, seconds: 30 },
  audit: { arguments: true },
  input: z.strictObject({ id: z.uuid(), because: z.string().meta({ sensitive: true }).optional() }),
  run: async ({ id }) => id,
}))
void [scopes, WRITES]
