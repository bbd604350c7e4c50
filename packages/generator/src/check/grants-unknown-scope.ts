import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { issuersOf } from '../model/issuers.js'
import { declaredAt } from './declared-at.js'
import type { Rule } from './rule.js'

export const grantsUnknownScope: Rule = ({ model: { server, scopes } }) => {
  // Without a list of declared scopes, which was reported, no scope is known or unknown.
  if (server === null || typeof server.scopes === 'string') return []
  const list = server.scopes
  const declared = scopes.map(({ name }) => name)
  return issuersOf(server).flatMap(({ value: auth }) =>
    (auth.kind === 'oidc' ? (auth.scopes ?? []) : [])
      .filter(({ value }) => !declared.includes(value))
      .map(({ value, place }) =>
        diagnostic(
          'grants-unknown-scope',
          place,
          { scope: value, hint: didYouMean(value, declared) },
          declaredAt(value, scopes, list),
        ),
      ),
  )
}
