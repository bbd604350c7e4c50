/** Pages of this origin hear each other on it, and no others. */
const CHANNEL = 'mcp-secure-console-login'

/** How often a window is asked whether somebody closed it, in milliseconds. */
const LOOK = 400

/** The window in which a person logs in. Opened by a click, before anything is waited for: later, browsers refuse. */
export class LoginWindow {
  readonly #window: Window | null = window.open('', '_blank', 'popup,width=520,height=760')

  get blocked(): boolean {
    return this.#window === null
  }

  close(): void {
    this.#window?.close()
  }

  /**
   * Sends the window to `address` and waits for the answer that carries `state`.
   *
   * @throws Error when the window is closed before
   */
  async answer(address: URL, state: string): Promise<URLSearchParams> {
    const target = this.#window
    if (!target) throw new Error('The browser did not open a window. Allow pop-ups of this page and try again.')
    const channel = new BroadcastChannel(CHANNEL)
    try {
      return await new Promise((resolve, reject) => {
        channel.addEventListener('message', ({ data }) => {
          const answer = new URLSearchParams(String(data))
          if (answer.get('state') === state) resolve(answer)
        })
        const look = setInterval(() => {
          if (!target.closed) return
          clearInterval(look)
          // It closes itself right after it answered: what it said comes first.
          setTimeout(() => reject(new Error('The login window was closed before the login was done.')), LOOK)
        }, LOOK)
        target.location.replace(address.href)
      })
    } finally {
      channel.close()
      target.close()
    }
  }
}

/** Called in the login window: hands the answer to the page that waits for it. */
export function hand(answer: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(answer)
  channel.close()
}

/** What a person reads who still sees the login window. */
export function statusOf(answer: string): string {
  const error = new URLSearchParams(answer).get('error')
  return error === null ? 'Done. This window can be closed.' : 'The login did not happen. This window can be closed.'
}
