import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'

// A proxy on this machine stands in front: the log is to show who is behind it.
await start(() => createServer({ trustProxy: 'loopback' }))
