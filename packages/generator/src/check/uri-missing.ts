import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const uriMissing: Rule = ({ model }) =>
  model.resources
    .filter(({ uri }) => uri === 'missing')
    .map(({ name, place }) => diagnostic('uri-missing', { ...place, length: 1 }, { resource: name }))
