/**
 * Loaded into every server under attack before its own code (`--import`): tells
 * its parent what ran, what it holds and what it spent, when asked. It changes
 * nothing of the server.
 */

const runs: unknown[] = []
// Where the handlers of `attack/target` note that they ran.
Reflect.set(globalThis, Symbol.for('mcp-secure.attack.runs'), runs)

process.on('message', (message) => {
  if (message !== 'report' && message !== 'collect') return
  if (message === 'collect') for (let round = 0; round < 3; round += 1) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({
    type: 'report',
    runs: runs.splice(0),
    memory: heapUsed + external,
    cpu: (user + system) / 1000,
  })
})

// A server that has closed ends although somebody could still ask. A listener refs the channel, so this comes last.
process.channel?.unref()
