import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'

await start(createServer)
