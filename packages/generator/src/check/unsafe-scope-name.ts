import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { isScopeToken } from './scope-token.js'

export const unsafeScopeName: Rule = ({ model }) =>
  model.scopes
    .filter(({ name }) => !isScopeToken(name) || name === '__proto__')
    .map(({ name, place }) => diagnostic('unsafe-scope-name', place, { scope: name, problem: problemOf(name) }))

function problemOf(name: string): string {
  if (name === '') return 'is empty'
  // In an object literal this key sets the prototype instead of a property.
  if (name === '__proto__') return 'is no ordinary property in JavaScript'
  return /\s/.test(name) ? 'contains a space' : 'contains a character that a scope cannot have'
}
