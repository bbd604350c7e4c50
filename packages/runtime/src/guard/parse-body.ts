import type { IncomingMessage } from 'node:http'
import { isJsonContentType } from '@modelcontextprotocol/server'
import { type Refusal, type Refused, refuse } from './refusal.js'
import type { Identified, Parsed } from './states.js'

/** Bytes of a body: one megabyte. */
const LARGEST_BODY = 1024 * 1024
/** Levels of nesting: enough for any schema, too few to exhaust the stack of whoever walks it. */
const DEEPEST_BODY = 64
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
  const parsed = parseJson(bytes)
  if (!parsed) return refuse({ reason: 'body-not-json' })
  const fault = findFault(parsed.value)
  if (fault === 'body-too-deep') return refuse({ reason: fault, limit: DEEPEST_BODY })
  return fault ? refuse({ reason: fault }) : { ...state, body: parsed.value }
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
    const chunks: Buffer[] = []
    let size = 0
    const finish = (result: Uint8Array | Unread): void => {
      clearTimeout(timer)
      raw.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut)
      // The rest is read and dropped, so that the client gets to see the answer. Fastify's request timeout ends it.
      if (typeof result === 'string') raw.resume()
      resolve(result)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > LARGEST_BODY) finish('body-too-large')
      else chunks.push(chunk)
    }
    const onEnd = (): void => finish(Buffer.concat(chunks))
    const onCut = (): void => finish('body-incomplete')
    const timer = setTimeout(() => finish('body-too-slow'), SLOWEST_BODY)
    raw.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut)
  })
}

function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    // JSON is UTF-8 (RFC 8259 section 8.1); other bytes would be replaced silently, and mean something else then.
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return undefined
  }
}

function findFault(value: unknown): 'body-too-deep' | 'body-with-proto' | undefined {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_BODY) return 'body-too-deep'
    const next: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      // Harmless here, but whoever merges it into another object changes that object's prototype.
      if (Object.hasOwn(item, '__proto__')) return 'body-with-proto'
      for (const inner of Object.values(item)) next.push(inner)
    }
    level = next
  }
  return undefined
}
