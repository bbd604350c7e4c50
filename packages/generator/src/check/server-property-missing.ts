import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const serverPropertyMissing: Rule = ({ model: { server } }) => {
  if (server === null) return []
  const place = { ...server.place, length: 1 }
  return (['name', 'version', 'resource', 'scopes', 'auth'] as const)
    .filter((property) => {
      const fact = server[property]
      return fact === 'missing' || (typeof fact !== 'string' && fact.value === '')
    })
    .map((property) => diagnostic('server-property-missing', place, { property }))
}
