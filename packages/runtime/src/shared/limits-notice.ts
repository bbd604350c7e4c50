import type { FastifyInstance } from 'fastify'
import type { SharedState } from './shared-state.js'

const states: WeakMap<FastifyInstance['server'], SharedState> = new WeakMap()

export function rememberSharedState({ server }: FastifyInstance, state: SharedState): void {
  states.set(server, state)
}

/** What readiness says of limits: nothing where there is one process, and of several whether they count together. */
export function limitsNotice({ server }: FastifyInstance): { readonly limits?: 'shared' | 'each process for itself' } {
  const state = states.get(server)
  if (state === undefined) return {}
  return { limits: state.available ? 'shared' : 'each process for itself' }
}
