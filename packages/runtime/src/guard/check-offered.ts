import type { Deciding } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided } from './states.js'

/**
 * Methods of the protocol that the SDK knows and this server does not offer.
 * Where nothing changes while the server runs, there is nothing to listen to.
 */
export function checkOffered(state: Decided, { catalogue }: Deciding): Decided | Refused {
  const [message] = state.messages
  if (
    catalogue.announces ||
    state.era === 'legacy' ||
    message?.method !== 'subscriptions/listen' ||
    message.id === undefined
  )
    return state
  return refuse({ reason: 'method-not-offered', method: message.method, id: message.id })
}
