import { callerKey, clientKey } from '../limits/limit-key.js'
import type { Deciding } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Identified } from './states.js'

/** Of whom is known who they are, and of whom nothing else was read yet. */
export async function limitCaller<State extends Pick<Identified, 'identity' | 'address' | 'quotas'>>(
  state: State,
  { limits }: Deciding,
): Promise<State | Refused> {
  const key = callerKey(state.identity, state.address)
  if (key === undefined) return state
  const [subject, client] = await Promise.all([
    limits.subject.take(key),
    state.identity === undefined ? undefined : limits.client.take(clientKey(state.identity)),
  ])
  const quotas = client === undefined ? [subject] : [subject, client]
  const exceeded = quotas.find((quota) => quota.exceeded)
  return exceeded ? refuse({ reason: 'rate-limited', quota: exceeded }) : { ...state, quotas }
}
