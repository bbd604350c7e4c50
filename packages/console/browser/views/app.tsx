import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ConsoleState } from '../../src/definition.js'
import type { Session } from '../call/session.js'
import type { Live } from '../live/feed.js'
import { addressOf, type Route, type View, views } from '../route.js'
import { type Store, useStore } from '../store.js'
import { useRoute } from '../use-route.js'
import { AccessView } from './access-view.js'
import { BuildChip, BuildFailure } from './build.js'
import { CallView } from './call-view.js'
import { ConnectView } from './connect-view.js'
import { CopyButton } from './copy-button.js'
import { DecisionsView } from './decisions-view.js'
import { Shield } from './icons.js'
import { ToolsView } from './tools-view.js'

interface AppProps {
  readonly feed: Store<Live>
  readonly session: Session
}

const names: Readonly<Record<View, string>> = {
  tools: 'Tools',
  access: 'Access',
  call: 'Call',
  decisions: 'Decisions',
  connect: 'Connect',
}

export function App({ feed, session }: AppProps): JSX.Element {
  const { state, decisions, connected } = useStore(feed)
  const { said } = useStore(session.store)
  const route = useRoute()
  const main = useFocusOnNavigation(route)
  useTitle(state, route)
  if (!state) return <p class="wait">Waiting for the server …</p>
  return (
    <>
      {/* No link: the address names the view. */}
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header state={state} />
      <div class="bar">
        <Navigation route={route} decisions={decisions.length} />
        <BuildChip build={state.build} />
      </div>
      <main id="content" ref={main} tabIndex={-1}>
        {!connected && (
          <p class="note warn" role="status">
            The connection to mcp-gen dev is lost; trying again.
          </p>
        )}
        <IssuerChange issuer={state.issuer} />
        <BuildFailure build={state.build} directory={state.directory} />
        <Content route={route} state={state} session={session} feed={feed} />
      </main>
      <p class="hidden" role="status">
        {said}
      </p>
    </>
  )
}

function Content({ route, state, session, feed }: AppProps & { route: Route; state: ConsoleState }): JSX.Element {
  switch (route.view) {
    case 'tools':
      return <ToolsView state={state} />
    case 'access':
      return <AccessView state={state} />
    case 'call':
      return <CallView state={state} session={session} chosen={route.rest} />
    case 'decisions':
      return <DecisionsView feed={feed} />
    case 'connect':
      return <ConnectView state={state} chosen={route.rest} />
  }
}

function Header({ state }: { readonly state: ConsoleState }): JSX.Element {
  const { server, resource } = state
  return (
    <header class="top">
      <p class="brand">
        <Shield />
        <span>
          <strong>{server.title ?? server.name}</strong> <small>{server.version}</small>
        </span>
      </p>
      <p class="address">
        <code>{resource}</code>
        <CopyButton text={resource} what="the address of the server" />
      </p>
    </header>
  )
}

function Navigation({ route, decisions }: { readonly route: Route; readonly decisions: number }): JSX.Element {
  return (
    <nav aria-label="Console">
      <ul class="tabs">
        {views.map((view) => (
          <li key={view}>
            <a href={addressOf(view)} aria-current={view === route.view ? 'page' : undefined}>
              {names[view]}
              {view === 'decisions' && decisions > 0 && <span class="count">{decisions}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The page may talk to the issuer that it was loaded for, and to no other. */
function IssuerChange({ issuer }: { readonly issuer: string }): JSX.Element | null {
  const first = useRef(issuer)
  if (first.current === issuer) return null
  return (
    <p class="note warn" role="status">
      The server now has another authorization server. Logins here are gone once this page loads anew.{' '}
      <button type="button" class="small" onClick={() => location.reload()}>
        Load anew
      </button>
    </p>
  )
}

function useTitle(state: ConsoleState | undefined, { view }: Route): void {
  const name = state?.server.title ?? state?.server.name
  useEffect(() => {
    if (name !== undefined) document.title = `${names[view]} · ${name} · Console`
  }, [name, view])
}

/** Another view is another page to whoever listens to it: its heading is read, from the top. */
function useFocusOnNavigation({ view }: Route): { current: HTMLElement | null } {
  const main = useRef<HTMLElement>(null)
  const last = useRef(view)
  useEffect(() => {
    if (last.current === view) return
    last.current = view
    scrollTo(0, 0)
    main.current?.querySelector<HTMLElement>('h1')?.focus()
  }, [view])
  return main
}
