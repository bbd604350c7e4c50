import { CookieJar } from '@mcp-secure/testing'
import type { Parameters, RawClient } from './client.js'

/** A page as a browser shows it. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly html: string
}

/** A browser that shows the pages instead of running through them. */
export class Browser {
  readonly cookies: CookieJar = new CookieJar()

  /** Follows redirects up to a page. */
  async open(address: URL | string, init: RequestInit = {}): Promise<Page> {
    let url = new URL(address)
    let request: RequestInit = init
    for (;;) {
      const response = await this.request(url, request)
      const location = response.headers.get('location')
      if (location === null) {
        return { url, status: response.status, headers: response.headers, html: await response.text() }
      }
      url = new URL(location, url)
      request = {}
    }
  }

  async request(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('accept', 'text/html')
    const cookie = this.cookies.header(url)
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    this.cookies.store(url, response)
    return response
  }

  post(url: URL, values: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(url, { method: 'POST', body: new URLSearchParams(values), headers })
  }

  /** The login page of a new login. */
  login(client: RawClient, parameters: Parameters = {}): Promise<Page> {
    return this.open(client.authorizationUrl(parameters))
  }

  /** The consent page of a new login. */
  async consent(client: RawClient, parameters: Parameters = {}, user = 'ada'): Promise<Page> {
    const page = await this.login(client, parameters)
    if (!page.html.includes('name="user"')) return page
    return this.open(page.url, { method: 'POST', body: new URLSearchParams({ user }) })
  }
}
