import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { announcement, type Entry, type Filter, filtered } from '../live/decisions.js'
import type { Live } from '../live/feed.js'
import { type Store, useStore } from '../store.js'

/** How often new decisions are said aloud at most, in milliseconds: often enough to follow, seldom enough to listen. */
const BREATH = 4000

const filters: readonly (readonly [Filter, string])[] = [
  ['all', 'All'],
  ['allowed', 'Allowed'],
  ['refused', 'Refused'],
  ['failed', 'Failed'],
]

export function DecisionsView({ feed }: { readonly feed: Store<Live> }): JSX.Element {
  const { decisions } = useStore(feed)
  const [filter, setFilter] = useState<Filter>('all')
  const [held, setHeld] = useState<readonly Entry[] | undefined>(undefined)
  const shown = filtered(held ?? decisions, filter)
  const waiting = held === undefined ? 0 : decisions.filter((entry) => !held.includes(entry)).length
  return (
    <>
      <h1 tabIndex={-1}>Decisions</h1>
      <p class="lead">
        What the server decided, request by request, the newest first. The reason is in its log; clients do not learn
        it.
      </p>
      <div class="tools">
        <fieldset class="segments">
          <legend class="hidden">Show</legend>
          {filters.map(([value, text]) => (
            <label key={value}>
              <input
                type="radio"
                name="filter"
                value={value}
                checked={filter === value}
                onChange={() => setFilter(value)}
              />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
        <span class="soft end">{waiting > 0 && `${waiting} more since`}</span>
        <button
          type="button"
          class="plain"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held === undefined ? decisions : undefined)}
        >
          Pause
        </button>
      </div>
      <Announcer entries={held ?? decisions} />
      {shown.length === 0 ? (
        <p class="empty">{decisions.length === 0 ? 'No request came in yet.' : 'None of this kind.'}</p>
      ) : (
        <ol class="card rows decisions">
          {shown.map(({ key, decision }) => (
            <Row key={key} decision={decision} />
          ))}
        </ol>
      )}
    </>
  )
}

function Row({ decision }: { readonly decision: Entry['decision'] }): JSX.Element {
  const { at, method, name, subject, clientId, needed, held, outcome, reason, status, milliseconds } = decision
  return (
    <li class={outcome}>
      <p class="first">
        <span class={`chip outcome ${outcome}`}>{outcome}</span>
        <span class="grow">
          <code>{method}</code>
          {name !== undefined && (
            <>
              {' '}
              <code class="strong">{name}</code>
            </>
          )}
        </span>
        <span class="soft">
          {status} · {Math.round(milliseconds)} ms
        </span>
        <time class="soft" dateTime={at}>
          {timeOf(at)}
        </time>
      </p>
      <p class="second soft">
        {subject === undefined ? 'nobody' : <strong>{subject}</strong>}
        {clientId !== undefined && ` through ${short(clientId)}`}
        {' · '}
        {reason}
        {needed.length > 0 && ` · needs ${needed.join(' ')}`}
        {subject !== undefined && ` · holds ${held.join(' ') || 'no scope'}`}
      </p>
    </li>
  )
}

/** Says what came since it last spoke. */
function Announcer({ entries }: { readonly entries: readonly Entry[] }): JSX.Element {
  const [text, setText] = useState('')
  const latest = useRef(entries)
  const said = useRef(new Set(entries.map(({ key }) => key)))
  latest.current = entries
  useEffect(() => {
    const timer = setInterval(() => {
      const fresh = latest.current.filter(({ key }) => !said.current.has(key))
      if (fresh.length === 0) return
      said.current = new Set(latest.current.map(({ key }) => key))
      setText(announcement(fresh))
    }, BREATH)
    return () => clearInterval(timer)
  }, [])
  return (
    <p class="hidden" role="status">
      {text}
    </p>
  )
}

function timeOf(at: string): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? at : time.toLocaleTimeString('en-GB')
}

function short(text: string): string {
  return text.length <= 28 ? text : `${text.slice(0, 12)}…${text.slice(-8)}`
}
