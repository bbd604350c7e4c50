import { type Login, logIn } from '../oauth/log-in.js'
import { LoginWindow } from '../oauth/login-window.js'
import { ownAddress } from '../own-address.js'
import { exchange } from '../protocol/exchange.js'
import { type Asked, type Era, requestsFor } from '../protocol/requests.js'
import { Store } from '../store.js'
import { type Run, type Step, withStep } from './run.js'

export interface SessionState {
  /** Who is logged in, each under their own name. */
  readonly logins: readonly Login[]
  /** The user whose token calls go with; nobody's when absent. */
  readonly as: string | undefined
  /** The last first. */
  readonly runs: readonly Run[]
  /** What is said to somebody who does not see it happen. */
  readonly said: string
}

export interface LoginWish {
  readonly user: string
  readonly scopes: readonly string[]
  readonly clientId?: string | undefined
  /** Where the challenge said that the metadata is. */
  readonly metadata?: string | undefined
}

/** How many runs stay to be looked at. */
const KEPT = 20

/** Logins and calls of this page. */
export class Session {
  readonly store: Store<SessionState> = new Store<SessionState>({ logins: [], as: undefined, runs: [], said: '' })
  readonly #resource: () => string
  #number = 0
  /** Who logged in last from this page: whom the authorization server takes this browser for. */
  #last: string | undefined

  constructor(resource: () => string) {
    this.#resource = resource
  }

  choose(user: string | undefined): void {
    this.store.change({ as: user })
  }

  forget(user: string): void {
    const { logins, as } = this.store.value
    this.store.change({
      logins: logins.filter((login) => login.user !== user),
      as: as === user ? undefined : as,
      said: `${user} is logged out`,
    })
  }

  clear(): void {
    this.store.change({ runs: this.store.value.runs.filter(({ running }) => running) })
  }

  /** A login of its own. Call it from a click: it opens a window. */
  async logIn(wish: LoginWish): Promise<void> {
    const window = new LoginWindow()
    const run = this.#begin(`Log in${wish.user === '' ? '' : ` as ${wish.user}`}`, undefined)
    await this.#login(run, wish, window)
    this.#end(run)
  }

  /** Asks the server, as whoever is chosen. */
  async call(what: Asked, era: Era): Promise<void> {
    const { as } = this.store.value
    const run = this.#begin(what.name, as, { what, era })
    await this.#ask(run, what, era)
    this.#end(run)
  }

  /** Logs in with these scopes and asks the same again. Call it from a click: it opens a window. */
  async again(run: Run, wish: LoginWish): Promise<void> {
    if (!run.asked) return
    const window = new LoginWindow()
    this.#change(run.id, (old) => ({ ...old, running: true }))
    if (await this.#login(run.id, wish, window)) await this.#ask(run.id, run.asked.what, run.asked.era)
    this.#end(run.id)
  }

  async #ask(run: number, what: Asked, era: Era): Promise<void> {
    for (const request of requestsFor(what, era)) {
      const index = this.#steps(run)
      const token = this.#token(this.#run(run)?.as)
      const { answer } = await exchange(
        ownAddress(this.#resource(), this.#resource(), location.origin),
        request,
        token,
        (shown) => this.#step(run, index, { kind: 'exchange', exchange: shown }),
      )
      this.store.change({
        said: answer ? `${request.label}: answered with ${answer.status}` : `${request.label}: no answer`,
      })
      if (!answer || answer.status >= 300) return
    }
  }

  async #login(run: number, wish: LoginWish, window: LoginWindow): Promise<boolean> {
    const { user, scopes } = wish
    let index = -1
    let step: Extract<Step, { kind: 'login' }> = { kind: 'login', scopes, notes: [] }
    const show = (part: Partial<typeof step>): void => {
      if (index < 0) index = this.#steps(run)
      step = { ...step, ...part }
      this.#step(run, index, step)
    }
    try {
      const asked = this.#steps(run)
      const login = await logIn(
        {
          resource: this.#resource(),
          user,
          afresh: user !== '' && user !== this.#last,
          scopes,
          clientId: wish.clientId,
          metadata: wish.metadata,
          window,
        },
        {
          asked: (shown) => this.#step(run, asked, { kind: 'exchange', exchange: shown }),
          note: (text) => show({ notes: [...step.notes, text] }),
        },
      )
      this.#last = login.user
      this.#keep(run, login)
      const text = `${login.user || 'Somebody'} is logged in with ${login.scopes.join(' ') || 'no scope'}`
      show({ outcome: { ok: true, text } })
      this.store.change({ said: text })
      return true
    } catch (error) {
      window.close()
      const text = error instanceof Error ? error.message : String(error)
      show({ outcome: { ok: false, text } })
      this.store.change({ said: text })
      return false
    }
  }

  #keep(run: number, login: Login): void {
    const others = this.store.value.logins.filter(({ user }) => user !== login.user)
    const logins = [...others, login].sort((a, b) => (a.user < b.user ? -1 : 1))
    this.store.change({ logins, as: login.user })
    this.#change(run, (old) => ({ ...old, as: login.user }))
  }

  #token(user: string | undefined): string | undefined {
    return this.store.value.logins.find((login) => login.user === user)?.token
  }

  #begin(title: string, as: string | undefined, asked?: Run['asked']): number {
    this.#number += 1
    const run: Run = { id: this.#number, title, as, steps: [], running: true, ...(asked ? { asked } : {}) }
    this.store.change({ runs: [run, ...this.store.value.runs].slice(0, KEPT) })
    return run.id
  }

  #end(run: number): void {
    this.#change(run, (old) => ({ ...old, running: false }))
  }

  #run(id: number): Run | undefined {
    return this.store.value.runs.find((run) => run.id === id)
  }

  #steps(id: number): number {
    return this.#run(id)?.steps.length ?? 0
  }

  #step(id: number, index: number, step: Step): void {
    this.#change(id, (run) => withStep(run, index, step))
  }

  #change(id: number, change: (run: Run) => Run): void {
    this.store.change({ runs: this.store.value.runs.map((run) => (run.id === id ? change(run) : run)) })
  }
}
