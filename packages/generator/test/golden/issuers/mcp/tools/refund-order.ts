import { defineTool } from '@mcp-secure/spec'
import { staff } from '../issuers.js'

export default defineTool({
  description: 'Pay the money for an order back',
  scopes: ['orders:refund'],
  onlyFor: { issuers: [staff], clientIds: ['desk', 'till'] },
  limits: { perMinute: 5, seconds: 20 },
  annotations: { destructiveHint: true },
  run: () => 'paid back',
})
