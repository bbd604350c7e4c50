import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConsoleState } from '../../src/definition.js'
import { heldWith } from '../access/matrix.js'
import type { Session } from '../call/session.js'
import { useStore } from '../store.js'

interface LoginsProps {
  readonly state: ConsoleState
  readonly session: Session
}

/** Whose token a call goes with: nobody's, or that of one who logged in here. */
export function Logins({ state, session }: LoginsProps): JSX.Element {
  const { logins, as } = useStore(session.store)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <section class="card logins" aria-labelledby="who">
      <div class="tab-row">
        <h2 id="who">Who calls</h2>
        <button
          type="button"
          class="plain small"
          ref={button}
          aria-expanded={open}
          aria-controls="log-in"
          onClick={() => setOpen(!open)}
        >
          Log in …
        </button>
      </div>
      <fieldset class="people">
        <legend class="hidden">Whose token goes with the call</legend>
        <label class="person">
          <input type="radio" name="as" checked={as === undefined} onChange={() => session.choose(undefined)} />
          <span class="grow">
            No token <small class="soft">as a client before its login</small>
          </span>
        </label>
        {logins.map(({ user, scopes }) => (
          <div class="person-row" key={user}>
            <label class="person">
              <input type="radio" name="as" checked={as === user} onChange={() => session.choose(user)} />
              <span class="grow">
                <strong>{user || 'Somebody'}</strong>{' '}
                {scopes.map((scope) => (
                  <span class="chip scope" key={scope}>
                    {scope}
                  </span>
                ))}
                {scopes.length === 0 && <small class="soft">no scope</small>}
              </span>
            </label>
            <button
              type="button"
              class="plain small"
              aria-label={`Forget the token of ${user || 'somebody'}`}
              onClick={({ currentTarget }) => {
                // The button goes with the login; the choice stays.
                currentTarget.closest('fieldset')?.querySelector('input')?.focus()
                session.forget(user)
              }}
            >
              Forget
            </button>
          </div>
        ))}
      </fieldset>
      {open && <LoginForm state={state} session={session} close={close} />}
    </section>
  )
}

function LoginForm({ state, session, close }: LoginsProps & { readonly close: () => void }): JSX.Element {
  const { scopes, embedded, issuer } = state
  const [user, setUser] = useState('')
  const [clientId, setClientId] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(
    scopes.filter(({ baseline }) => baseline).map(({ name }) => name),
  )
  const held = heldWith(chosen, scopes)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const submit = (event: Event): void => {
    event.preventDefault()
    session.logIn({ user: user.trim().toLowerCase(), scopes: chosen, clientId: clientId.trim() || undefined })
    close()
  }
  const toggle = (name: string): void => {
    setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  }
  return (
    <form id="log-in" class="login-form" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && close()}>
      <div class="field">
        <label class="label" for="login-user">
          User
        </label>
        <input
          id="login-user"
          type="text"
          list="known-users"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          value={user}
          ref={field}
          aria-describedby="login-about"
          onInput={(event) => setUser(event.currentTarget.value)}
        />
        <datalist id="known-users">
          <option value="ada" />
          <option value="grace" />
        </datalist>
        <small id="login-about" class="soft">
          {embedded
            ? 'Any name. The login page opens in a window and suggests it.'
            : `The login page of ${issuer} opens in a window. It decides who logs in.`}
        </small>
      </div>
      {!embedded && (
        <div class="field">
          <label class="label" for="login-client">
            Client id <small class="soft">optional</small>
          </label>
          <input
            id="login-client"
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={clientId}
            onInput={(event) => setClientId(event.currentTarget.value)}
            aria-describedby="client-about"
          />
          <small id="client-about" class="soft">
            For a server where this page cannot register itself: a public client that may answer to {location.origin}
            /console/callback
          </small>
        </div>
      )}
      {scopes.length > 0 && (
        <fieldset class="frame">
          <legend>Scopes to ask for</legend>
          {scopes.map(({ name, description, baseline }) => (
            <label class="check" key={name}>
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
              <span>
                <code>{name}</code> <small class="soft">{description}</small>
                {baseline && <small class="soft"> (baseline)</small>}
                {!chosen.includes(name) && held.has(name) && <small class="included"> included</small>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <div class="actions">
        <button type="button" class="plain" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="primary">
          Log in
        </button>
      </div>
    </form>
  )
}
