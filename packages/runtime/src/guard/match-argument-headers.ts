import type { ArgumentHeader } from '../mcp/argument-headers.js'
import { argumentsOf } from '../mcp/arguments-of.js'
import { isRecord } from '../mcp/is-record.js'
import { headerValues } from './header-values.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided } from './states.js'

/**
 * What stands in front of the server may route, or refuse, by the headers in
 * which a client repeats arguments: they have to say what the body says. A
 * client of revision 2026-07-28 sends them for every value that it gives; of
 * others nothing is expected, but what is there has to be true as well.
 *
 * It decides nothing: who may call is decided, by the body alone.
 */
export function matchArgumentHeaders(state: Decided): Decided | Refused {
  const bodies = Array.isArray(state.body) ? state.body : [state.body]
  for (const [index, { item, id }] of state.messages.entries()) {
    const headers = item?.kind === 'tool' ? item.argumentHeaders : []
    const mismatch = headers.find((header) => !isTrue(header, argumentsOf(bodies[index]), state))
    if (mismatch !== undefined) return refuse({ reason: 'header-mismatch', header: mismatch.name, id: id ?? null })
  }
  return state
}

function isTrue({ name, path, type }: ArgumentHeader, given: unknown, { raw, era }: Decided): boolean {
  const sent = headerValues(raw, name)
  const value = path.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), given)
  const [only] = sent
  if (only === undefined) return era === 'legacy' || !isRepeatable(value)
  // Of two headers, who stands in front may have read the other.
  if (sent.length > 1 || !isRepeatable(value)) return false
  const said = decode(only.trim())
  if (said === undefined) return false
  // MCP 2026-07-28, Streamable HTTP: 42.0 is 42.
  const isNumber = type === 'integer' && typeof value === 'number' && /^-?\d+(?:\.\d+)?$/.test(said)
  return isNumber ? Number(said) === value : said === String(value)
}

/** What has a header: no null, and nothing that the parser is going to refuse. */
function isRepeatable(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** MCP 2026-07-28, value encoding: exact markers, canonical Base64 of UTF-8; undefined for what is none of it. */
function decode(value: string): string | undefined {
  // Node hands on bytes beyond ASCII as Latin-1: whoever is in front may have read something else.
  if (!/^[\t\x20-\x7e]*$/.test(value)) return undefined
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(value) ?? []
  if (encoded === undefined) return value
  if (!BASE64.test(encoded)) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'))
    // The last digit may hold bits that mean nothing.
    return Buffer.from(text).toString('base64') === encoded ? text : undefined
  } catch {
    return undefined
  }
}
