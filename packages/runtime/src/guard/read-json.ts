import type { Refusal } from './refusal.js'

/** Bytes of a body: one megabyte. */
export const LARGEST_BODY: number = 1024 * 1024
/** Levels of nesting: enough for any schema, too few to exhaust the stack of whoever walks it. */
const DEEPEST_BODY = 64

/** Bytes as JSON, within bounds; or why they are none that is looked at. */
export function readJson(bytes: Uint8Array): { readonly value: unknown } | { readonly refusal: Refusal } {
  const parsed = parseJson(bytes)
  if (!parsed) return { refusal: { reason: 'body-not-json' } }
  const fault = findFault(parsed.value)
  if (fault === 'body-too-deep') return { refusal: { reason: fault, limit: DEEPEST_BODY } }
  return fault === undefined ? parsed : { refusal: { reason: fault } }
}

function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    // JSON is UTF-8 (RFC 8259 section 8.1); other bytes would be replaced silently, and mean something else then.
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return undefined
  }
}

/** Why a value that was parsed is none to work with, whoever it came from; nothing, if it is fine. */
export function findFault(value: unknown): 'body-too-deep' | 'body-with-proto' | undefined {
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
