import { type Refused, refuse } from './refusal.js'
import type { Decided } from './states.js'

/**
 * Methods of the protocol that the SDK knows and this server does not offer.
 * Nothing here changes while the server runs, so there is nothing to listen to,
 * and a stream that stays open could outlive the token that opened it.
 */
export function checkOffered(state: Decided): Decided | Refused {
  const [message] = state.messages
  if (state.era === 'legacy' || message?.method !== 'subscriptions/listen' || message.id === undefined) return state
  return refuse({ reason: 'method-not-offered', method: message.method, id: message.id })
}
