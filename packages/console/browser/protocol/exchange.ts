import { type Challenge, parseChallenges } from './challenge.js'
import { readMessages } from './read-body.js'
import type { WireRequest } from './requests.js'

export interface Header {
  readonly name: string
  readonly value: string
}

/** A request and what came back, as they are shown: without the token. */
export interface Exchange {
  readonly label: string
  readonly request: { readonly url: string; readonly headers: readonly Header[]; readonly body: unknown }
  readonly answer?: Answer
  /** Why there is no answer. */
  readonly failure?: string
}

export interface Answer {
  readonly status: number
  readonly headers: readonly Header[]
  readonly challenges: readonly Challenge[]
  readonly text: string
  /** The JSON values in it. */
  readonly messages: readonly unknown[]
  readonly milliseconds: number
}

/** What stands where the token was: its value is nobody's business, not even on this page. */
const HIDDEN = 'Bearer ••••'

/** Sends a request and tells `report` when it goes out and again when it is answered. */
export async function exchange(
  url: string,
  request: WireRequest,
  token: string | undefined,
  report: (exchange: Exchange) => void,
): Promise<Exchange> {
  const shown: Exchange = {
    label: request.label,
    request: {
      url,
      headers: listed({ ...request.headers, ...(token === undefined ? {} : { authorization: HIDDEN }) }),
      body: request.body,
    },
  }
  report(shown)
  const done = { ...shown, ...(await outcome(url, request, token)) }
  report(done)
  return done
}

async function outcome(
  url: string,
  { headers, body }: WireRequest,
  token: string | undefined,
): Promise<Pick<Exchange, 'answer' | 'failure'>> {
  const begun = performance.now()
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      credentials: 'omit',
    })
    const text = await response.text()
    return {
      answer: {
        status: response.status,
        headers: listed(Object.fromEntries(response.headers)),
        challenges: parseChallenges(response.headers.get('www-authenticate')),
        text,
        messages: readMessages(response.headers.get('content-type') ?? undefined, text),
        milliseconds: Math.round(performance.now() - begun),
      },
    }
  } catch {
    return { failure: 'No answer came: the server is not there, or the connection broke.' }
  }
}

function listed(headers: Readonly<Record<string, string>>): readonly Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}
