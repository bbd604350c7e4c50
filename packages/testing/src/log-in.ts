import { CookieJar } from './cookie-jar.js'
import { type FormControl, type HtmlForm, readForms, readHeading, readWords } from './html-form.js'

export interface LogInOptions {
  /** Where a client would send the browser. */
  readonly authorizationUrl: string | URL
  /** The user name that is typed into the login page. */
  readonly user: string
  /** What is answered on the consent page; `approve` when absent. */
  readonly decision?: 'approve' | 'deny'
  /** Stands for the network; the global `fetch` when absent. */
  readonly fetch?: typeof globalThis.fetch
  /** The browser's cookies; a new browser when absent. Pass the same jar to come back as the same browser. */
  readonly cookies?: CookieJar
}

/** More pages than a login can have: a loop in the pages ends with an error. */
const MOST_STEPS = 20

/**
 * Logs in without a browser: follows the redirects, fills in the forms that
 * stand in the pages and posts them, until the answer goes to the client's
 * redirect URI. That address is returned, with `code`, `state` and `iss` or with
 * `error`, and is not requested.
 *
 * @throws When a page is an error page or has no form that a login could use;
 *   the message holds the status and what the page says.
 */
export async function logIn(options: LogInOptions): Promise<URL> {
  const { fetch = globalThis.fetch, cookies = new CookieJar() } = options
  const start = new URL(options.authorizationUrl)
  let request = new Request(start)
  for (let step = 0; step < MOST_STEPS; step++) {
    const response = await send(request, cookies, fetch)
    const next = await answer(new URL(request.url), response, options)
    if (next instanceof URL) {
      if (isCallback(next, start)) return next
      request = new Request(next)
    } else request = next
  }
  throw new Error(`The login did not end after ${MOST_STEPS} pages; the last one was ${withoutQuery(request.url)}.`)
}

async function send(request: Request, cookies: CookieJar, fetch: typeof globalThis.fetch): Promise<Response> {
  const url = new URL(request.url)
  const cookie = cookies.header(url)
  const body = request.method === 'POST' ? await request.text() : undefined
  const response = await fetch(url, {
    method: request.method,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(body !== undefined && { body }),
  })
  cookies.store(url, response)
  return response
}

/** Where the browser goes next: another address, or a form to post. */
async function answer(url: URL, response: Response, options: LogInOptions): Promise<URL | Request> {
  const location = response.headers.get('location')
  if (response.status >= 300 && response.status < 400 && location !== null) {
    await response.body?.cancel()
    return new URL(location, url)
  }
  const html = await response.text()
  if (response.status !== 200) throw pageError('The login ended on an error page', url, response, html)
  for (const form of readForms(html)) {
    const values = fill(form, options)
    if (values) return new Request(new URL(form.action ?? url.href, url), { method: 'POST', body: values })
  }
  throw pageError('The page has no form that a login could use', url, response, html)
}

/** What to post, or nothing when this is not the login or the consent form. */
function fill(form: HtmlForm, { user, decision = 'approve' }: LogInOptions): URLSearchParams | undefined {
  if (form.method !== 'post') return undefined
  const values = new URLSearchParams()
  for (const { name, value } of form.controls.filter(isHidden)) values.append(name, value)
  const button = form.controls.find((control) => isPressed(control, 'decision', decision))
  if (button) values.set('decision', decision)
  else if (form.controls.some((control) => control.name === 'user' && control.type === 'text')) values.set('user', user)
  else return undefined
  return values
}

function isHidden(control: FormControl): boolean {
  return control.type === 'hidden' && control.name !== ''
}

function isPressed(control: FormControl, name: string, value: string): boolean {
  return control.kind === 'button' && control.name === name && control.value === value
}

/** Whether the browser left for the client's redirect URI. */
function isCallback(url: URL, authorizationUrl: URL): boolean {
  const wanted = authorizationUrl.searchParams.get('redirect_uri')
  if (wanted === null || !URL.canParse(wanted)) return url.origin !== authorizationUrl.origin
  const redirect = new URL(wanted)
  return url.protocol === redirect.protocol && url.host === redirect.host && url.pathname === redirect.pathname
}

function pageError(what: string, url: URL, response: Response, html: string): Error {
  const heading = readHeading(html)
  const words = readWords(html).slice(0, 500)
  return new Error(`${what}: ${response.status} from ${withoutQuery(url.href)}: ${heading || words}\n${words}`)
}

/** Query strings hold codes and states, and messages end up in logs. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '?…')
}
