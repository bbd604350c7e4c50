import { defineTool } from '@mcp-secure/spec'
import { partners } from '../issuers.js'

export default defineTool({
  description: 'Cancel an order of your company',
  scopes: ['orders:write'],
  onlyFor: { issuers: [partners], tenants: ['acme'] },
  annotations: { destructiveHint: true },
  run: () => 'cancelled',
})
