import type { Use } from '../../definition.js'
import type { Asking } from '../ask/asking.js'
import type { Call } from '../call.js'
import type { PreparedPrompt } from '../prompt-catalogue.js'
import type { PreparedTool } from '../tool-catalogue.js'
import { hangUp } from './hang-up.js'
import { log } from './log.js'
import { progress } from './progress.js'

type UsingItem = PreparedTool | PreparedPrompt

/** What one use gives to a handler. */
type Gives = (item: UsingItem, call: Call, asking: Asking) => Readonly<Record<string, unknown>>

const asks: Gives = (_item, _call, asking) => asking.given()

const GIVES: { readonly [U in Use]: Gives } = {
  progress: (item, call) => ({ progress: progress(item, call) }),
  logging: (item, call) => ({ log: log(item, call) }),
  elicitation: asks,
  sampling: asks,
  roots: asks,
  changes: (_item, { exchange }) => ({ changes: exchange.changes }),
  polling: (_item, call) => ({ hangUp: hangUp(call) }),
}

/** What a handler gets for what it uses: just that. */
export function useContext(item: UsingItem, call: Call, asking: Asking): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...item.uses.map((use) => GIVES[use](item, call, asking)))
}
