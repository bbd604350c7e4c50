import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const argumentsNotObject: Rule = ({ model }) =>
  model.prompts
    .filter(({ input: { wire, declared } }) => declared !== null && (wire.wrapped !== null || isOpen(wire.schema)))
    .map(({ name, input }) => diagnostic('arguments-not-object', input.place, { prompt: name }))

/** A record has no names that clients could be told. */
function isOpen({ additionalProperties }: { readonly [keyword: string]: unknown }): boolean {
  return additionalProperties !== undefined && additionalProperties !== false
}
