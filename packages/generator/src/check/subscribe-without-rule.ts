import { diagnostic } from '../diagnostics/diagnostic.js'
import { readableTemplate } from './readable-template.js'
import type { Rule } from './rule.js'

/** Of a template, each resource may belong to somebody else: who may know of which one is not said by `true`. */
export const subscribeWithoutRule: Rule = ({ model }) =>
  model.resources.flatMap((resource) => {
    const { name, subscribe } = resource
    const template = readableTemplate(resource)
    if (subscribe === null || subscribe.asks || template === null || template.names.length === 0) return []
    return [diagnostic('subscribe-without-rule', subscribe.place, { resource: name })]
  })
