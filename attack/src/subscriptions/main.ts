// `npm run load:subscriptions`: 1,000 open subscriptions and 200 calls a second for five minutes; no event may be lost or
// go astray. `-- --write` puts the figures into docs/performance.md.
import { parseArgs } from 'node:util'
import { HostileIssuer } from '../world/hostile-issuer.js'
import { startBoards } from '../world/world.js'
import { load } from './load.js'
import { busy, processors, writePage } from './page.js'

/** How much more the server may hold at the end of the calls than in their first half. */
const MOST_GROWTH = 1.25

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '1000' },
    calls: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    write: { type: 'boolean', default: false },
  },
})
const [subscriptions, callsPerSecond, seconds] = [values.subscriptions, values.calls, values.seconds].map(Number)
if (![subscriptions, callsPerSecond, seconds].every((one) => one !== undefined && Number.isInteger(one) && one > 0)) {
  console.error('--subscriptions, --calls (a second) and --seconds take whole numbers.')
  process.exit(2)
}

const options = {
  subscriptions: subscriptions ?? 0,
  callsPerSecond: callsPerSecond ?? 0,
  milliseconds: (seconds ?? 0) * 1000,
}
const before = busy()
const issuer = await HostileIssuer.start()
const server = await startBoards(issuer.issuer)
const forget = setInterval(() => server.forgetLog(), 5_000)
try {
  const figures = await load(server, issuer, options)
  const { calls, failed, events, due, delivered, lost, wrong, ended, telling, answering, cpuPerCall, memory } = figures
  const ratio = memory.late / memory.early
  console.log(`${subscriptions} open subscriptions, ${ended} ended before they should`)
  console.log(`${calls} calls in ${seconds} seconds, ${failed.length} not answered as they should be`)
  console.log(
    `${events} events: ${due} messages due, ${delivered} delivered, ${lost} lost, ${wrong.length} wrongly delivered`,
  )
  console.log(
    `a subscriber knew ${telling.p50} ms (half of them), ${telling.p99} ms (99 of 100) after the call was sent`,
  )
  console.log(`a call was answered after ${answering.p50} ms (half of them), ${answering.p99} ms (99 of 100)`)
  console.log(`a call, with all that it tells, took the server ${cpuPerCall.toFixed(2)} ms of processor time`)
  console.log(
    `memory: ${mega(memory.empty)} MB with nobody, ${mega(memory.opened)} MB with every subscription open, ` +
      `${mega(memory.early)} MB in the first half of the calls, ${mega(memory.late)} MB at their end ` +
      `(${ratio.toFixed(2)} times), ${mega(memory.closed)} MB when all had gone`,
  )
  for (const line of [...failed, ...wrong].slice(0, 50)) console.error(`WRONG ${line}`)
  if (ratio > MOST_GROWTH) console.error(`FAILED memory grew to more than ${MOST_GROWTH} times`)
  const isGood = failed.length + lost + wrong.length + ended === 0 && due > 0 && ratio <= MOST_GROWTH
  if (values.write) writePage(figures, options, { processors: processors(), load: [before, busy()] })
  process.exitCode = isGood ? 0 : 1
} finally {
  clearInterval(forget)
  await Promise.all([server.stop(), issuer.stop()])
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
