import { bearerParameter } from '../protocol/challenge.js'
import type { Exchange } from '../protocol/exchange.js'
import type { Asked, Era } from '../protocol/requests.js'

/** One line of what happened, in the order in which it did. */
export type Step =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
  | {
      readonly kind: 'login'
      readonly scopes: readonly string[]
      readonly notes: readonly string[]
      /** How it ended; absent while it goes on. */
      readonly outcome?: { readonly ok: boolean; readonly text: string }
    }

/** A call or a login, from the click to its end. */
export interface Run {
  readonly id: number
  readonly title: string
  /** Whose token it goes with. */
  readonly as: string | undefined
  /** What was asked, to ask it again; a login alone asks nothing. */
  readonly asked?: { readonly what: Asked; readonly era: Era }
  readonly steps: readonly Step[]
  readonly running: boolean
}

/** A run with its last step replaced, or with one more. */
export function withStep(run: Run, index: number, step: Step): Run {
  return { ...run, steps: [...run.steps.slice(0, index), step, ...run.steps.slice(index + 1)] }
}

/** What a person can do about the last answer of a run. */
export interface Offer {
  readonly kind: 'log-in' | 'step-up'
  readonly scopes: readonly string[]
  /** Where the challenge says that the protected resource metadata is. */
  readonly metadata: string | undefined
}

/**
 * A login after a 401, or more scopes after a 403: what the challenge names
 * together with what is held already, so that nothing is traded away.
 */
export function offerOf(run: Run, held: readonly string[]): Offer | undefined {
  // A login that did not happen leaves things as they were.
  const last = run.steps.findLast((step) => step.kind !== 'login' || step.outcome?.ok === true)
  if (run.running || !run.asked || last?.kind !== 'exchange') return undefined
  const { status, challenges } = last.exchange.answer ?? { status: 0, challenges: [] }
  const named = bearerParameter(challenges, 'scope')?.split(' ').filter(Boolean) ?? []
  const scopes = [...new Set([...held, ...named])]
  const metadata = bearerParameter(challenges, 'resource_metadata')
  if (status === 401) return { kind: 'log-in', scopes, metadata }
  return status === 403 && named.length > 0 ? { kind: 'step-up', scopes, metadata } : undefined
}
