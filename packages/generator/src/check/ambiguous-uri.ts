import { diagnostic } from '../diagnostics/diagnostic.js'
import { overlap } from '../model/uri-template.js'
import { readableTemplate } from './readable-template.js'
import type { Rule } from './rule.js'

/** Which resource a URI belongs to decides who may read it: there is one answer, whatever the order. */
export const ambiguousUri: Rule = ({ model }) => {
  const known = model.resources.flatMap((resource) => {
    const template = readableTemplate(resource)
    return typeof resource.uri === 'string' || template === null
      ? []
      : [{ ...resource, template, place: resource.uri.place }]
  })
  return known.flatMap(({ name, template, place }, index) =>
    known
      .slice(0, index)
      .filter((other) => overlap(other.template, template))
      .map(({ module, place: other, template: { text } }) =>
        diagnostic('ambiguous-uri', place, { resource: name, uri: template.text, other: `'${text}' of ${module}` }, [
          { message: 'the other one is here', place: other },
        ]),
      ),
  )
}
