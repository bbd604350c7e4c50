import { defineResource } from '@mcp-secure/spec'
import { partners, staff } from '../issuers.js'

export default defineResource({
  uri: 'orders://prices',
  description: 'What everything costs',
  access: 'authenticated',
  onlyFor: { issuers: [staff, partners] },
  subscribe: true,
  read: () => 'nothing',
})
