import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const scopeDescriptionMissing: Rule = ({ model }) =>
  model.scopes
    .filter(({ description }) => description === 'missing' || isBlank(description))
    .map(({ name, place }) => diagnostic('scope-description-missing', place, { scope: name }))

function isBlank(description: string | { readonly value: string }): boolean {
  return typeof description !== 'string' && description.value.trim() === ''
}
