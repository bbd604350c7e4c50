import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ) */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

export const unsafeScopeName: Rule = ({ model }) =>
  model.scopes
    .filter(({ name }) => !SCOPE_TOKEN.test(name) || name === '__proto__')
    .map(({ name, place }) => diagnostic('unsafe-scope-name', place, { scope: name, problem: problemOf(name) }))

function problemOf(name: string): string {
  if (name === '') return 'is empty'
  // In an object literal this key sets the prototype instead of a property.
  if (name === '__proto__') return 'is no ordinary property in JavaScript'
  return /\s/.test(name) ? 'contains a space' : 'contains a character that a scope cannot have'
}
