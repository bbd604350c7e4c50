import type { IncomingMessage } from 'node:http'
import { isJsonContentType } from '@modelcontextprotocol/server'
import { GatheredBytes } from './gathered-bytes.js'
import { LARGEST_BODY, readJson } from './read-json.js'
import { type Refusal, type Refused, refuse } from './refusal.js'
import type { Identified, Parsed } from './states.js'

/** Milliseconds in which a body must have arrived: whoever sends it byte by byte holds a place that others wait for. */
const SLOWEST_BODY = 30_000

/** Reads the body as JSON, within bounds. */
export async function parseBody(state: Identified): Promise<Parsed | Refused> {
  const { headers } = state.raw
  if (!isJsonContentType(headers['content-type'] ?? null)) return refuse({ reason: 'content-type-not-json' })
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return refuse({ reason: 'content-encoded' })
  const bytes = await readBytes(state.raw)
  if (typeof bytes === 'string') {
    return refuse(whyUnread(bytes))
  }
  const json = readJson(bytes)
  return 'refusal' in json ? refuse(json.refusal) : { ...state, body: json.value }
}

type Unread = 'body-too-large' | 'body-incomplete' | 'body-too-slow'

function whyUnread(reason: Unread): Refusal {
  switch (reason) {
    case 'body-too-large':
      return { reason, limit: LARGEST_BODY }
    case 'body-too-slow':
      return { reason, limit: SLOWEST_BODY }
    case 'body-incomplete':
      return { reason }
  }
}

async function readBytes(raw: IncomingMessage): Promise<Uint8Array | Unread> {
  if (Number(raw.headers['content-length'] ?? 0) > LARGEST_BODY) return 'body-too-large'
  // Gone with the client while the token was verified, or read by a hook of the app: no event will ever tell.
  if (raw.destroyed || raw.readableEnded) return 'body-incomplete'
  return new Promise((resolve) => {
    const gathered = new GatheredBytes()
    const finish = (result: Uint8Array | Unread): void => {
      clearTimeout(timer)
      raw.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut)
      // The rest is read and dropped, so that the client gets to see the answer. Fastify's request timeout ends it.
      if (typeof result === 'string') raw.resume()
      resolve(result)
    }
    const onData = (chunk: Buffer): void => {
      if (gathered.size + chunk.length > LARGEST_BODY) finish('body-too-large')
      else gathered.add(chunk)
    }
    const onEnd = (): void => finish(gathered.whole)
    const onCut = (): void => finish('body-incomplete')
    const timer = setTimeout(() => finish('body-too-slow'), SLOWEST_BODY)
    raw.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut)
  })
}
