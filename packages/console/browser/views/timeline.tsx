import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { ConsoleState } from '../../src/definition.js'
import { offerOf, type Run, type Step } from '../call/run.js'
import type { Session } from '../call/session.js'
import { useStore } from '../store.js'
import { ExchangeView } from './exchange-view.js'

interface TimelineProps {
  readonly state: ConsoleState
  readonly session: Session
}

/** What happened, call by call, the last one open. */
export function Timeline({ state, session }: TimelineProps): JSX.Element {
  const { runs } = useStore(session.store)
  const heading = useRef<HTMLHeadingElement>(null)
  // The button goes with what it clears.
  const clear = (): void => {
    session.clear()
    heading.current?.focus()
  }
  return (
    <section class="timeline" aria-labelledby="happened">
      <div class="tab-row">
        <h2 id="happened" ref={heading} tabIndex={-1}>
          What happens
        </h2>
        {runs.length > 0 && (
          <button type="button" class="plain small" onClick={clear}>
            Clear
          </button>
        )}
      </div>
      {runs.length === 0 && (
        <p class="empty">
          Nothing yet. Call something without a token to see the challenge that every client meets first.
        </p>
      )}
      {runs.map((run, index) => (
        <RunView key={run.id} run={run} open={index === 0} state={state} session={session} />
      ))}
    </section>
  )
}

function RunView({
  run,
  open,
  state,
  session,
}: TimelineProps & { readonly run: Run; readonly open: boolean }): JSX.Element {
  const { title, as, steps, running } = run
  return (
    <details class="card run" open={open}>
      <summary>
        <strong>{title}</strong>
        <span class="soft">{run.asked && ` as ${as ?? 'nobody'}`}</span>
        <span class="soft end">{running ? 'under way …' : outcomeOf(run)}</span>
      </summary>
      <ol class="steps">
        {steps.map((step, index) => (
          <li key={index} class={`step ${toneOf(step)}`}>
            {step.kind === 'exchange' ? (
              <ExchangeView exchange={step.exchange} last={index === steps.length - 1} />
            ) : (
              <LoginStep step={step} running={running} />
            )}
          </li>
        ))}
      </ol>
      <OfferView run={run} state={state} session={session} />
    </details>
  )
}

function LoginStep({ step, running }: { step: Extract<Step, { kind: 'login' }>; running: boolean }): JSX.Element {
  const { scopes, notes, outcome } = step
  return (
    <>
      <p class="line">
        <strong>Login</strong> <span class="soft">for {scopes.join(' ') || 'no scope'}</span>
      </p>
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {!outcome && running && <li class="soft">Waiting …</li>}
      </ul>
      {outcome && <p class={outcome.ok ? 'good' : 'wrong'}>{outcome.text}</p>}
    </>
  )
}

/** What a person can do about a refusal: what clients do by themselves, one click at a time. */
function OfferView({ run, state, session }: TimelineProps & { readonly run: Run }): JSX.Element | null {
  const { logins } = useStore(session.store)
  const held = logins.find(({ user }) => user === run.as)?.scopes ?? []
  const offer = offerOf(run, held)
  if (!offer) return null
  const known = new Set(state.scopes.map(({ name }) => name))
  const scopes = offer.scopes.filter((name) => known.has(name))
  const fresh = scopes.filter((name) => !held.includes(name))
  return (
    <div class="offer">
      <p>
        {offer.kind === 'step-up'
          ? `Ask for ${fresh.join(' ')} on top of what is held, and call again:`
          : 'Log in and call again:'}
      </p>
      <button
        type="button"
        class="primary"
        onClick={({ currentTarget }) => {
          // The button goes while it happens; what it belongs to stays.
          currentTarget.closest('details')?.querySelector('summary')?.focus()
          session.again(run, { user: run.as ?? '', scopes, metadata: offer.metadata })
        }}
      >
        {offer.kind === 'step-up' ? 'Step up' : 'Log in'} for {scopes.join(' ') || 'no scope'}
      </button>
    </div>
  )
}

function toneOf(step: Step): string {
  if (step.kind === 'login') return step.outcome === undefined ? 'open' : step.outcome.ok ? 'good' : 'bad'
  const { answer, failure } = step.exchange
  if (failure !== undefined) return 'bad'
  if (!answer) return 'open'
  return answer.status < 300 ? 'good' : answer.status === 401 || answer.status === 403 ? 'asked' : 'bad'
}

function outcomeOf({ steps }: Run): string {
  const last = steps.at(-1)
  if (!last) return ''
  if (last.kind === 'login') return last.outcome?.ok ? 'logged in' : 'not logged in'
  return last.exchange.answer ? String(last.exchange.answer.status) : 'no answer'
}
