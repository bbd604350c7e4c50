import type { Use } from '../../definition.js'
import type { Asking } from '../ask/asking.js'
import type { Call } from '../call.js'
import { hangUp } from './hang-up.js'
import { log } from './log.js'
import { progress } from './progress.js'

/** What one use gives to a handler. */
type Gives = (name: string, call: Call, asking: Asking) => Readonly<Record<string, unknown>>

const asks: Gives = (_name, _call, asking) => asking.given()

const GIVES: { readonly [U in Use]: Gives } = {
  progress: (_name, call) => ({ progress: progress(call) }),
  logging: (name, call) => ({ log: log(name, call) }),
  elicitation: asks,
  sampling: asks,
  roots: asks,
  changes: (_name, { exchange }) => ({ changes: exchange.changes }),
  polling: (_name, call) => ({ hangUp: hangUp(call) }),
}

/** What a handler gets for what it uses: just that. */
export function useContext(
  { name, uses }: { readonly name: string; readonly uses: readonly Use[] },
  call: Call,
  asking: Asking,
): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...uses.map((use) => GIVES[use](name, call, asking)))
}
