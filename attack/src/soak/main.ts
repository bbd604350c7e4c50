// `npm run soak`: full load for 10 minutes while everything around the servers goes wrong. `--minutes 5` for less.
import { parseArgs } from 'node:util'
import { DISTURBANCES } from './disturbances.js'
import { soak } from './soak.js'
import { createSoakWorld } from './soak-world.js'

/** How much more a server may hold at the end than in the first half. */
const MOST_GROWTH = 1.25

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, workers: { type: 'string', default: '32' } },
})
const [minutes, workers] = [Number(values.minutes), Number(values.workers)]
if (!(minutes >= 5) || !Number.isInteger(workers) || workers < 1) {
  console.error(
    '--minutes takes 5 or more, because keys cannot change faster than servers look for them; --workers a whole number.',
  )
  process.exit(2)
}

const world = await createSoakWorld()
if (world.redis === undefined) console.warn('no Redis is installed: the processes share nothing, and none goes away')
const programs = Object.values(world.servers).flat()
const reasons = new Map<string, number>()
const forget = setInterval(() => {
  for (const { log } of programs) {
    for (const [, detail = ''] of log.matchAll(/"reason":"issuer-unavailable".*?"detail":"([^"]*)"/g)) {
      const reason = detail.replace(/https?:\/\/[^ :]+:\d+/, 'it')
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  }
  for (const program of programs) program.forgetLog()
  world.issuer.forgetJwts()
}, 5_000)
try {
  const figures = await soak(world, { milliseconds: minutes * 60_000, workers, disturbances: DISTURBANCES })
  for (const [what, times] of [...figures.verdicts].sort()) console.log(`${what.padEnd(32)} ${times}`)
  const { requests, wrong, memory, latency } = figures
  console.log(
    `\n${requests} requests in ${minutes} minutes (${Math.round(requests / minutes / 60)} a second), ${wrong.length} wrong decisions`,
  )
  console.log(`an answer took ${latency.p50} ms (half of them), ${latency.p99} ms (99 of 100)`)
  console.log(`the issuer, which is in this process, got no processor for ${figures.stalled} ms at the most`)
  console.log(`${figures.tooLate.length} answers with 503 because the issuer was too late on this machine`)
  console.log(`${figures.alone.length} answers by a process that did not know what the other one did, and said so`)
  for (const line of figures.tooLate.slice(0, 10)) console.log(`LATE ${line}`)
  for (const [reason, times] of reasons) console.log(`503 because of the issuer, ${times} times: ${reason}`)
  let isFlat = true
  for (const { server, early, late } of memory) {
    const ratio = late / early
    isFlat &&= ratio <= MOST_GROWTH
    console.log(
      `${server} held ${mega(early)} MB in the first half and ${mega(late)} MB at the end: ${ratio.toFixed(2)} times`,
    )
  }
  for (const line of wrong.slice(0, 50)) console.error(`WRONG ${line}`)
  if (!isFlat) console.error(`FAILED memory grew to more than ${MOST_GROWTH} times`)
  process.exitCode = wrong.length === 0 && isFlat ? 0 : 1
} finally {
  clearInterval(forget)
  await world.close()
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
