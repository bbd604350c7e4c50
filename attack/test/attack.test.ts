// What `npm run attack` does, once: every attack on servers that run, and that an attack which gets through is noticed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attack } from '../src/attack.js'
import { CONTROLS } from '../src/controls.js'
import { LOGIN } from '../src/expected.js'
import { callWrite } from '../src/groups/asks.js'
import { GROUPS } from '../src/groups.js'
import { checkLogs } from '../src/logs.js'
import { compare, runAttack } from '../src/run.js'
import { createWorld, type World } from '../src/world/world.js'

/** A group of these starts a server for each attack: `npm run attack` has the time. */
const SLOW = 'lies of the issuer'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('has at least 300 attacks, each with a name of its own', () => {
  const names = GROUPS.flatMap(([, attacks]) => attacks.map(({ name }) => name))
  expect(names.length).toBeGreaterThan(300)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

describe('what attacks are made of gets through unharmed', () => {
  it.each(CONTROLS.map((control) => [control.name, control] as const))('%s', async (_, control) => {
    expect(compare(await control.send(world), control.expected, world)).toEqual([])
  })
})

describe.each(GROUPS.filter(([group]) => group !== SLOW))('%s', (_, attacks) => {
  it('are refused as expected', { timeout: 120_000 }, async () => {
    await Promise.all([world.target.report(), world.boards.report()])
    const failed: string[] = []
    for (const attack of attacks) {
      const { problems } = await runAttack(attack, world)
      if (problems.length > 0) failed.push(`${attack.name}: ${problems.join('; ')}`)
    }
    expect(failed).toEqual([])
  })
})

it('nothing of it stands in a log, and nothing else was let through', () => {
  expect(checkLogs(world, CONTROLS.filter(({ name }) => name.startsWith('control-opaque/')).length)).toEqual([])
})

describe('an attack that succeeds is noticed', () => {
  const attack = (send: Attack['send'], expected: Attack['expected'] = LOGIN): Attack => ({ name: 'x', send, expected })

  it('by the handler that ran, and by the answer', async () => {
    const { passed, problems } = await runAttack(
      attack((w) => w.ask({ ...callWrite(), token: w.issuer.token() })),
      world,
    )
    expect(passed).toEqual(['write_item'])
    expect(problems).toEqual(expect.arrayContaining(['status 200, not 401', 'write_item ran']))
  })

  it('by a challenge that differs', async () => {
    const changed = { ...LOGIN, challenge: `${String(LOGIN.challenge)} ` }
    const { problems } = await runAttack(
      attack((w) => w.ask(callWrite()), changed),
      world,
    )
    expect(problems).toEqual([expect.stringContaining('challenge')])
  })

  it('by somebody who comes to an address inside the network', async () => {
    const { problems } = await runAttack(
      attack(async (w) => {
        await fetch(`http://127.0.0.1:${w.trap.port}/`).catch(() => undefined)
        return w.ask(callWrite())
      }),
      world,
    )
    expect(problems).toEqual(['an address inside the network was asked'])
  })
})
