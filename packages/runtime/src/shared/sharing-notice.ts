import type { FastifyInstance } from 'fastify'
import type { SealedState } from './sealed-places.js'
import type { SharedState } from './shared-state.js'

interface Sharing {
  readonly state: SharedState
  /** Nothing where processes have no key in common. */
  readonly sealed: SealedState | undefined
}

const sharing: WeakMap<FastifyInstance['server'], Sharing> = new WeakMap()

export function rememberSharing({ server }: FastifyInstance, state: SharedState, sealed?: SealedState): void {
  sharing.set(server, { state, sealed })
}

type How = 'shared' | 'each process for itself'

/** What readiness says of sharing: nothing where there is one process, and of several what they do together. */
export interface SharingNotice {
  readonly limits?: How
  /** Answers about tokens, and whether an issuer is left alone. */
  readonly issuers?: How
  readonly changes?: How
}

export function sharingNotice({ server }: FastifyInstance): SharingNotice {
  const known = sharing.get(server)
  if (known === undefined) return {}
  const how = (isShared: boolean): How => (isShared && known.state.available ? 'shared' : 'each process for itself')
  const sealed = how(known.sealed !== undefined)
  return { limits: how(true), issuers: sealed, changes: sealed }
}
