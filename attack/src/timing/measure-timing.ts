import { Agent } from 'node:http'
import { send } from '../http/send.js'
import type { World } from '../world/world.js'
import { type Judgement, judgeTiming, type Times } from './judge-timing.js'
import type { Pair } from './pairs.js'

/** Requests of each kind in a round. The first ones are for code that is compiled, and do not count. */
const REQUESTS = 200
const UNCOUNTED = 40
/** What times tell they tell in each round; what else the machine does is not there in all. */
const ROUNDS = 3

/** Measures by turns, so that whatever slows the machine slows both. The round that tells least counts. */
export async function measureTiming(pair: Pair, world: World): Promise<Judgement> {
  // A connection that stays: what it takes to open one would hide what is looked for.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    let least = judgeTiming(await measureRound(pair, world, agent))
    for (let round = 1; round < ROUNDS && least.isTold; round += 1) {
      const judged = judgeTiming(await measureRound(pair, world, agent))
      if (judged.ratio < least.ratio) least = judged
    }
    return least
  } finally {
    agent.destroy()
  }
}

async function measureRound({ there, nowhere }: Pair, world: World, agent: Agent): Promise<Times> {
  const times = { there: [] as number[], nowhere: [] as number[] }
  for (let n = 0; n < UNCOUNTED + REQUESTS; n += 1) {
    const requests = { there: there(world), nowhere: nowhere(world) }
    // Neither is always the first.
    const order = n % 2 === 0 ? (['there', 'nowhere'] as const) : (['nowhere', 'there'] as const)
    for (const which of order) {
      const began = performance.now()
      await send(agent, world.target.port, requests[which])
      if (n >= UNCOUNTED) times[which].push(performance.now() - began)
    }
  }
  return times
}
