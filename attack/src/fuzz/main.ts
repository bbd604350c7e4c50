// `npm run fuzz`: generated requests for 10 minutes. `--minutes 1` for less; `--seed 42 --runs 400` for a round again.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createWorld } from '../world/world.js'
import { fuzzAuthorization, fuzzIntrospection, fuzzTarget, type Seen } from './fuzz.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    runs: { type: 'string', default: '400' },
  },
})
const [minutes, runs] = [Number(values.minutes), Number(values.runs)]
const once = values.seed === undefined ? undefined : Number(values.seed)
if (!(minutes > 0) || !(runs > 0) || Number.isNaN(once)) {
  console.error('--minutes and --runs take a number above 0, --seed the number that a round printed.')
  process.exit(2)
}

const world = await createWorld()
const seen: Seen = new Map()
const until = Date.now() + minutes * 60_000
let rounds = 0
try {
  do {
    const seed = once ?? randomInt(2 ** 31)
    console.log(`seed ${seed}`)
    for (const fuzz of [fuzzTarget, fuzzIntrospection, fuzzAuthorization]) {
      await fuzz(world, { seed, runs: fuzz === fuzzTarget ? runs : Math.ceil(runs / 4) }, seen)
    }
    const failed = /"msg":"the request failed"|the SDK threw/.exec(world.target.log)
    if (failed) throw new Error(`the server logged: ${failed[0]}`)
    for (const program of [world.target, world.hello, world.authorization]) {
      if (!program.isRunning) throw new Error(`a server ended:\n${program.log.slice(-2_000)}`)
      program.forgetLog()
    }
    world.issuer.forget()
    rounds += 1
  } while (once === undefined && Date.now() < until)
  const requests = [...seen].reduce((sum, [what, times]) => (what.startsWith('ran ') ? sum : sum + times), 0)
  console.log(`${requests} requests in ${rounds} rounds: no crash, no 500, no handler without a grant`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  console.log(
    [...seen]
      .sort()
      .map(([what, times]) => `${what}: ${times}`)
      .join(', '),
  )
  await world.close()
}
