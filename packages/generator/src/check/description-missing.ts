import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const descriptionMissing: Rule = ({ model }) =>
  model.tools.flatMap(({ name, place, description }) => {
    if (description === 'unreadable') return []
    if (description === 'missing') return [diagnostic('description-missing', { ...place, length: 1 }, { tool: name })]
    return description.value.trim() === '' ? [diagnostic('description-missing', description.place, { tool: name })] : []
  })
