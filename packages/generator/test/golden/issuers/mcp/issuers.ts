import { env } from '@mcp-secure/spec'

/** Where the people of the company log in. */
export const staff = env('STAFF_ISSUER', { development: 'http://localhost:4001' })

/** Where those of other companies do. */
export const partners = env('PARTNERS_ISSUER')
