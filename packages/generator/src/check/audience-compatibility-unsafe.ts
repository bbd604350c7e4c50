import type { AuthFacts } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'

/** Audiences that say nothing: several authorization servers put them into every token that they issue. */
const GENERIC = new Set(['account', 'api', 'default', 'graph', 'mcp', 'openid', 'public', 'userinfo'])

/** A rule that lets in what it does not name, or what is in every token, is no rule. */
export const audienceCompatibilityUnsafe: Rule = ({ model: { server, scopes } }) =>
  issuersOf(server).flatMap(({ value }) => findingsOf(value, scopes.length > 0))

function findingsOf(auth: AuthFacts, hasScopes: boolean): ReturnType<Rule> {
  if (auth.kind !== 'oidc') return []
  const { audienceCompatibility: rule, allowedClientIds } = auth
  const clients = (allowedClientIds ?? []).flatMap(({ value, place }) => finding(inexact(value), value, place))
  if (rule === null) return clients
  const { kind, entries } = rule.value
  return [
    ...clients,
    ...(entries.length === 0 ? finding('lists nothing', kind, rule.place) : []),
    ...(hasScopes ? [] : finding('needs a scope of this server in the token, and none is declared', kind, rule.place)),
    ...entries.flatMap(({ value, place }) =>
      finding(inexact(value) ?? (kind === 'audiences' ? generic(value) : null), value, place),
    ),
  ]
}

type Found = ReturnType<Rule>

function finding(problem: string | null, entry: string, place: Parameters<typeof diagnostic>[1]): Found {
  return problem === null ? [] : [diagnostic('audience-compatibility-unsafe', place, { entry, problem })]
}

function inexact(entry: string): string | null {
  if (entry.trim() === '' || entry !== entry.trim()) return 'is empty or has spaces around it'
  return entry.includes('*') ? 'is a pattern, and entries are compared as they are' : null
}

function generic(audience: string): string | null {
  return GENERIC.has(audience.toLowerCase()) ? 'is what tokens for anything may carry' : null
}
