import { diagnostic } from '../diagnostics/diagnostic.js'
import { overlap, type UriTemplate } from '../model/uri-template.js'
import type { Rule } from './rule.js'
import { uriProblem } from './uri-problem.js'

/** Which resource a URI belongs to decides who may read it: there is one answer, whatever the order. */
export const ambiguousUri: Rule = ({ model }) => {
  const known = model.resources.flatMap(({ name, module, uri, template }) =>
    // One that cannot stay as it is has to change first.
    typeof uri === 'string' || template === null || uriProblem(template) !== null
      ? []
      : [{ name, module, template, place: uri.place }],
  )
  return known.flatMap(({ name, template, place }, index) =>
    known
      .slice(0, index)
      .filter((other) => overlap(other.template, template))
      .map(({ module, template: other }) =>
        diagnostic('ambiguous-uri', place, { resource: name, uri: template.text, other: told(other, module) }),
      ),
  )
}

function told({ text }: UriTemplate, module: string): string {
  return `'${text}' of ${module}`
}
