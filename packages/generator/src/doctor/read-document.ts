import { isRecord } from '../model/is-record.js'
import { type Answer, type Asking, ask } from './ask.js'
import { withoutQuery } from './quoted.js'

/** A JSON object that is served to everybody. */
export type Document =
  | { readonly state: 'read'; readonly url: string; readonly members: Members }
  /** The server says that there is none. */
  | { readonly state: 'missing'; readonly url: string; readonly status: number }
  | { readonly state: 'unusable'; readonly url: string; readonly cause: string; readonly cure: string }

export type Members = Readonly<Record<string, unknown>>

/** Asks for a document as clients do. */
export async function readDocument(url: string, asking: Asking): Promise<Document> {
  const reply = await ask({ method: 'GET', url, accept: 'application/json', body: 'read' }, asking)
  if (reply.kind === 'silence') return { ...reply, state: 'unusable' }
  if (reply.status >= 400 && reply.status < 500) return { state: 'missing', url, status: reply.status }
  const members = reply.status === 200 ? objectIn(reply.body) : null
  return members === null ? { state: 'unusable', url, ...whyUnusable(reply) } : { state: 'read', url, members }
}

/** The texts of a member that is a list of texts; null if it is anything else. */
export function textsIn(members: Members, name: string): readonly string[] | null {
  const value = Object.hasOwn(members, name) ? members[name] : undefined
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : null
}

/** The member if it is a text that is not empty. */
export function textIn(members: Members, name: string): string | null {
  const value = Object.hasOwn(members, name) ? members[name] : undefined
  return typeof value === 'string' && value !== '' ? value : null
}

function objectIn(text: string | null): Members | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function whyUnusable({ status, location, url, body }: Answer): { readonly cause: string; readonly cure: string } {
  if (status >= 300 && status < 400) {
    const cause = `redirects to ${withoutQuery(location ?? '', url)}, which clients do not follow`
    return { cause, cure: 'Answer with the document itself.' }
  }
  if (status !== 200) {
    return { cause: `answered ${status}`, cure: 'Look into the log of the server, or of the proxy in front.' }
  }
  if (body === null) return { cause: 'answered with more than 256 KiB', cure: 'Answer with the document alone.' }
  return { cause: 'is not a JSON object', cure: 'Answer with the document as application/json.' }
}
