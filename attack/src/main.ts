import { GROUPS } from './groups.js'
import { runAttack } from './run.js'
import { createWorld } from './world/world.js'

const world = await createWorld()
try {
  for (const [group, list] of GROUPS) {
    if (process.argv[2] && !group.includes(process.argv[2])) continue
    const outcomes = []
    for (const attack of list) outcomes.push(await runAttack(attack, world))
    const bad = outcomes.filter(({ problems }) => problems.length > 0)
    console.log(group, list.length, bad.length)
    for (const { attack, problems } of bad) console.log('   ', attack.name, problems)
  }
} finally {
  await world.close()
}
