import { RESOURCE } from '../http/request.js'

/** What each handler of `attack/target` needs. Written down again, not read from the policy that is tested. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  read_item: ['items:read'],
  write_item: ['items:write'],
  import_items: ['items:write'],
  audit_items: ['items:erase'],
  erase_all: ['items:write', 'items:erase'],
  forward_item: ['items:write'],
  'resource item': ['items:read'],
  'list item': ['items:read'],
  'complete item': ['items:read'],
  'resource file': ['items:write'],
  'complete file': ['items:write'],
  'prompt ask': ['items:write'],
  'complete ask': ['items:write'],
}

/** A token that was sent: what it says, if this issuer signed it. */
export interface Sent {
  readonly claims: unknown
  readonly isSigned: boolean
}

/**
 * The most that a request may do, however it is written: nothing without a
 * signed token of this issuer, for this resource, in time, of somebody.
 */
export function mayRun(handler: string, subject: string, sent: Sent | undefined, issuer: string): boolean {
  const held = sent === undefined ? undefined : scopesOf(sent, issuer)
  const needs = NEEDS[handler]
  return (
    held !== undefined && needs !== undefined && held.subject === subject && needs.every((one) => held.scopes.has(one))
  )
}

function scopesOf(
  { claims, isSigned }: Sent,
  issuer: string,
): { subject: string; scopes: ReadonlySet<string> } | undefined {
  if (!isSigned || typeof claims !== 'object' || claims === null) return undefined
  const { iss, aud, exp, sub, client_id, azp, scope, scp } = claims as Readonly<Record<string, unknown>>
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  const client = client_id ?? azp
  if (iss !== issuer || String(audience).toLowerCase() !== RESOURCE) return undefined
  if (typeof exp !== 'number' || !Number.isFinite(exp) || exp < Date.now() / 1000 - 10) return undefined
  if (typeof sub !== 'string' || sub === '' || typeof client !== 'string' || client === '') return undefined
  const scopes = new Set([scope, scp].flatMap((value) => (typeof value === 'string' ? value.split(' ') : value)))
  if (scopes.has('items:write')) scopes.add('items:read')
  return { subject: sub, scopes: new Set([...scopes].filter((one) => typeof one === 'string')) }
}
