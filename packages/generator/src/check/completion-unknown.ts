import type { Located } from '../analyse/facts.js'
import { type Diagnostic, diagnostic, type Related } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { nameOf } from '../model/item-name.js'
import { readableTemplate, uriPlace } from './readable-template.js'
import type { Rule } from './rule.js'

export const completionUnknown: Rule = ({ model }) => [
  ...model.resources.flatMap((resource) => {
    const template = readableTemplate(resource)
    return template === null
      ? []
      : unknownOf(nameOf(resource), 'variable', template.names, resource.completes, uriPlace(resource))
  }),
  ...model.prompts.flatMap((prompt) => {
    const names = prompt.arguments.map(({ name }) => name)
    const related =
      prompt.input.declared === null ? [] : [{ message: 'its arguments are here', place: prompt.input.place }]
    return unknownOf(nameOf(prompt), 'argument', names, prompt.completes, related)
  }),
]

function unknownOf(
  item: string,
  what: 'variable' | 'argument',
  names: readonly string[],
  completes: readonly Located<string>[],
  related: readonly Related[],
): readonly Diagnostic[] {
  return completes
    .filter(({ value }) => !names.includes(value))
    .map(({ value, place }) =>
      diagnostic('completion-unknown', place, { item, what, name: value, hint: didYouMean(value, names) }, related),
    )
}
