// The same server for one client on this machine, which starts it and talks to it over standard input and output.
import { startStdio } from '@mcp-secure/runtime/stdio'

await startStdio(() => import('./generated/server.gen.js'))
