import type { ExpectedItem } from '../expected-access.js'
import type { Ask } from './ask.js'
import { batch } from './batch.js'
import { call } from './call.js'
import { legacyCall } from './legacy-call.js'
import { notification } from './notification.js'

/** Every way in which an item of a kind can be asked for. */
export const ASKS: { readonly [K in ExpectedItem['kind']]: readonly Ask[] } = {
  tool: [call, legacyCall, batch, notification],
}
