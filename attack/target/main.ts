import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'
import { Witness } from './witness.js'

// A generated server with one thing added: whoever started this process may ask it what ran, and what it holds.
process.on('message', (message) => {
  if (message !== 'report' && message !== 'collect') return
  if (message === 'collect') for (let round = 0; round < 3; round += 1) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({
    type: 'report',
    runs: Witness.ofThisProcess().take(),
    memory: heapUsed + external,
    cpu: (user + system) / 1000,
  })
})

await start(createServer)
