// `npm run attack`: everything, against servers in processes of their own. `--only tokens` attacks with one group.
import { parseArgs } from 'node:util'
import { CONTROLS } from './controls.js'
import { GROUPS } from './groups.js'
import { checkLogs } from './logs.js'
import { compare, type Outcome, runAttack } from './run.js'
import { measureTiming } from './timing/measure-timing.js'
import { CONTROL, PAIRS } from './timing/pairs.js'
import { createWorld } from './world/world.js'

/** How much more a server may hold after the attacks than after requests that were honest. */
const MOST_GROWTH = 1.25

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const groups = GROUPS.filter(([group]) => values.only === undefined || group.includes(values.only))
if (groups.length === 0) {
  console.error(`--only takes one of: ${GROUPS.map(([group]) => group).join(', ')}`)
  process.exit(2)
}

const world = await createWorld()
try {
  const failed: string[] = []
  for (const control of CONTROLS) {
    const problems = compare(await control.send(world), control.expected, world)
    if (problems.length > 0) failed.push(`${control.name}: ${problems.join('; ')}`)
  }
  const ran = (await world.target.report()).runs.length
  await world.boards.report()
  const wanted = CONTROLS.filter(({ name }) => name.startsWith('control/')).length
  if (ran !== wanted) failed.push(`${ran} handlers ran for ${wanted} honest requests`)
  console.log(`${CONTROLS.length} honest requests, ${CONTROLS.length - failed.length} answered`)

  // Twice what costs memory once: code that was compiled, caches that filled.
  const outcomes: Outcome[] = []
  for (const [group, attacks] of groups) {
    const here: Outcome[] = []
    for (const attack of attacks) here.push(await runAttack(attack, world))
    const refused = here.filter(({ problems }) => problems.length === 0).length
    console.log(`${group.padEnd(32)} ${String(here.length).padStart(4)} attacks, ${refused} refused as expected`)
    outcomes.push(...here)
  }
  const settled = (await world.target.report('collect')).memory
  for (const [, attacks] of groups.filter(
    ([group]) => group !== 'lies of the issuer' && group !== 'authorization server',
  )) {
    for (const attack of attacks) await attack.send(world).catch(() => undefined)
  }
  await world.target.report()
  const after = (await world.target.report('collect')).memory

  for (const pair of values.only === undefined ? [CONTROL, ...PAIRS] : []) {
    const { there, nowhere, ratio, isTold } = await measureTiming(pair, world)
    const figures = `${there.toFixed(2)} ms if it is there and ${nowhere.toFixed(2)} ms if not, ${ratio.toFixed(2)} times`
    console.log(`timing/${pair.name.padEnd(26)} ${figures}`)
    if (isTold !== (pair === CONTROL)) failed.push(`timing/${pair.name}: ${figures}`)
  }

  const controls = CONTROLS.filter(({ name }) => name.startsWith('control-opaque/')).length
  failed.push(...checkLogs(world, controls))
  const bad = outcomes.filter(({ problems }) => problems.length > 0)
  failed.push(...bad.map(({ attack, problems }) => `${attack.name}: ${problems.join('; ')}`))
  const ratio = after / settled
  if (ratio > MOST_GROWTH) failed.push(`memory grew to ${ratio.toFixed(2)} times what it was`)
  const passed = outcomes.filter((outcome) => outcome.passed.length > 0).length
  const broken = outcomes.filter(({ status }) => status === 500).length
  const dearest = outcomes.reduce((one, other) => (other.cpu > one.cpu ? other : one))
  console.log(
    `\n${outcomes.length} attacks, ${outcomes.length - bad.length} refused as expected, ` +
      `${passed} passed, ${broken} answered 500`,
  )
  console.log(`the dearest took ${dearest.cpu} ms of processor time: ${dearest.attack.name}`)
  console.log(`memory after: ${mega(after)} MB, ${ratio.toFixed(2)} times the level before (${mega(settled)} MB)`)
  for (const line of failed) console.error(`FAILED ${line}`)
  process.exitCode = failed.length === 0 ? 0 : 1
} finally {
  await world.close()
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
