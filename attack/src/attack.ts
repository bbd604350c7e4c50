import type { Answer } from './http/answer.js'
import type { World } from './world/world.js'

/** One thing that an attacker sends, and the refusal that has to come back. */
export interface Attack {
  /** Stable: reports and documents name it. `group/what`. */
  readonly name: string
  send(world: World): Promise<Answer>
  readonly expected: Expected
}

/** What a refusal looks like. All of it is compared. */
export interface Expected {
  readonly status: number
  /** The whole `WWW-Authenticate`, or the shape of one that names a port; none if left out. */
  readonly challenge?: string | RegExp
  /** `error` of a JSON body, or the code of a JSON-RPC error; not looked at if left out. */
  readonly error?: string | number
  /** What else has to hold: says what does not. */
  readonly also?: (answer: Answer, world: World) => string | undefined
}

/** Attacks of one kind, written as a table. */
export function attacks<Row extends readonly unknown[]>(
  group: string,
  rows: readonly (readonly [name: string, ...row: Row])[],
  make: (...row: Row) => Omit<Attack, 'name'>,
): readonly Attack[] {
  return rows.map(([name, ...row]) => ({ name: `${group}/${name}`, ...make(...row) }))
}
