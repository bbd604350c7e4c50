import { findFault } from '../guard/read-json.js'
import { isRecord } from '../mcp/is-record.js'
import { IssuerUnavailable } from './issuer-unavailable.js'

const LARGEST_ANSWER = 256 * 1024

/** The status and the text of an authorization server's answer. */
export interface TextAnswer {
  readonly status: number
  readonly text: string
}

/** The status and the JSON object of an authorization server's answer. */
export interface JsonAnswer {
  readonly status: number
  /** Empty when the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Asks an authorization server, for as long as the signal says and 256 KiB.
 * Redirects are answers like any other, and not followed: a token or a secret
 * must not travel to wherever one points.
 *
 * @throws {IssuerUnavailable} when there is no answer
 */
export async function fetchText(
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
): Promise<TextAnswer> {
  try {
    const response = await fetch(url, {
      ...init,
      headers: { accept: 'application/json', ...init.headers },
      redirect: 'manual',
    })
    return { status: response.status, text: await readText(response) }
  } catch (error) {
    if (error instanceof IssuerUnavailable) throw error
    throw new IssuerUnavailable(`no answer from ${new URL(url).origin}: ${describe(error)}`, {
      // After a timeout there is no time left to try again.
      passing: !init.signal.aborted,
    })
  }
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > LARGEST_ANSWER) throw new IssuerUnavailable('its answer is too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The JSON object in a text, within the bounds that a request has; empty when it is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (findFault(value) !== undefined) return {}
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason'
  const cause = error.cause
  // The code, such as ECONNREFUSED: the message of a failed fetch could quote the request.
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}
