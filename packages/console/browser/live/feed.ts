import type { ConsoleState, Decision } from '../../src/definition.js'
import { Store } from '../store.js'
import { type Entry, withDecision } from './decisions.js'

export interface Live {
  /** Nothing before the first event. */
  readonly state: ConsoleState | undefined
  readonly decisions: readonly Entry[]
  /** Whether the stream of events is open. */
  readonly connected: boolean
}

/** Milliseconds until the next try after an answer that ended the stream for good. */
const PAUSE = 1000

/** What the console's server says, as it comes in, for as long as the page lives. */
export function openFeed(): Store<Live> {
  const store = new Store<Live>({ state: undefined, decisions: [], connected: true })
  connect(store)
  return store
}

function connect(store: Store<Live>): void {
  const source = new EventSource('/console/events')
  source.addEventListener('open', () => store.change({ connected: true }))
  source.addEventListener('error', () => {
    store.change({ connected: false })
    // A broken connection is tried again by the browser; an answer that is no event stream is not.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, PAUSE, store)
  })
  source.addEventListener('state', ({ data }) => store.change({ state: JSON.parse(data) as ConsoleState }))
  source.addEventListener('decision', ({ data, lastEventId }) => {
    const entry = { key: lastEventId, decision: JSON.parse(data) as Decision }
    store.change({ decisions: withDecision(store.value.decisions, entry) })
  })
}
