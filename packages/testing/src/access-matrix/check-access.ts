import type { AccessMatrixOptions } from './expected-access.js'
import type { Difference } from './rows/row.js'
import { rowsOf } from './rows/rows.js'
import { createWorld } from './world.js'

/** A row that did not come out as it should. */
export interface FailedRow {
  /** `tool create_note refuses an expired token` */
  readonly name: string
  readonly differences: readonly Difference[]
}

/** Runs the whole matrix without a test runner, and returns what failed. */
export async function checkAccess(options: AccessMatrixOptions): Promise<readonly FailedRow[]> {
  const world = await createWorld(options)
  try {
    const failed: FailedRow[] = []
    for (const row of rowsOf(options)) {
      const differences = await row.run(world)
      if (differences.length > 0) failed.push({ name: `${row.subject} ${row.name}`, differences })
    }
    return failed
  } finally {
    await world.close()
  }
}
