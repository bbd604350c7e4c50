import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessMatrixOptions } from './expected-access.js'
import { rowsOf } from './rows/rows.js'
import { createWorld, type World } from './world.js'

export type { AccessMatrixOptions, ExpectedAccess, ExpectedItem, ExpectedScope } from './expected-access.js'

/**
 * Registers the access matrix as tests of vitest: everything that can be asked
 * for, with every kind of token, in every way of asking. The server is the
 * project's own; its handlers are replaced by witnesses, its services are not
 * opened, and its tokens come from an issuer that runs here, on loopback.
 */
export function accessMatrix(options: AccessMatrixOptions): void {
  let world: World
  beforeAll(async () => {
    world = await createWorld(options)
  })
  afterAll(() => world.close())

  const rows = rowsOf(options)
  for (const subject of new Set(rows.map((row) => row.subject))) {
    describe(subject, () => {
      for (const row of rows.filter((other) => other.subject === subject)) {
        it(row.name, async () => expect(await row.run(world)).toEqual([]))
      }
    })
  }
}
