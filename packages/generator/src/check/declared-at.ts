import type { Fact } from '../analyse/facts.js'
import type { Related } from '../diagnostics/diagnostic.js'
import { closest } from '../diagnostics/suggest.js'
import type { ScopeModel } from '../model/server-model.js'

/** Where the scope is declared that was probably meant; without one, where scopes are. */
export function declaredAt(meant: string, scopes: readonly ScopeModel[], list: Fact<unknown>): readonly Related[] {
  const names = scopes.map(({ name }) => name)
  const near = closest(meant, names)
  const scope = scopes.find(({ name }) => name === near)
  if (scope !== undefined) return [{ message: `'${scope.name}' is declared here`, place: scope.place }]
  return typeof list === 'string' ? [] : [{ message: 'scopes are declared here', place: list.place }]
}
