import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'

/** A scope that no token can hold: every issuer says which it grants, and none grants this or one that implies it. */
export const ungrantableScope: Rule = ({ model: { server, scopes } }) => {
  const issuers = issuersOf(server).map(({ value }) => value)
  const lists = issuers.map((auth) => (auth.kind === 'oidc' ? auth.scopes : null))
  if (lists.length === 0 || lists.includes(null)) return []
  const named = new Set(lists.flatMap((list) => list ?? []).map(({ value }) => value))
  const granted = new Set(scopes.flatMap(({ name, satisfies }) => (named.has(name) ? [name, ...satisfies] : [])))
  return scopes
    .filter(({ name }) => !granted.has(name))
    .map(({ name, place }) => diagnostic('ungrantable-scope', place, { scope: name }))
}
