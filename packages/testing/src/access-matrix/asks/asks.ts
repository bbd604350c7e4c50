import type { ExpectedItem } from '../expected-access.js'
import type { Ask } from './ask.js'
import { batch } from './batch.js'
import { call } from './call.js'
import { completion, legacyCompletion } from './completion.js'
import { legacyCall } from './legacy-call.js'
import { listening } from './listening.js'
import { notification } from './notification.js'
import { subscription } from './subscription.js'

const ALWAYS: readonly Ask[] = [call, legacyCall, batch, notification]

/** Every way in which an item can be asked for. */
export function asksFor(item: ExpectedItem): readonly Ask[] {
  const completes = item.kind !== 'tool' && item.completes.length > 0
  return [
    ...ALWAYS,
    ...(item.kind === 'resource' ? [subscription, listening] : []),
    ...(completes ? [completion, legacyCompletion] : []),
  ]
}
