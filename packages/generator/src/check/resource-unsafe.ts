import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { urlProblem } from './url-problem.js'

export const resourceUnsafe: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.resource === 'string') return []
  const { value, place } = server.resource
  const known = settingValue(value)
  if (known === null) return []
  const problem = urlProblem(known.text, known.kind) ?? resourceProblem(known.text)
  return problem === null ? [] : [diagnostic('resource-unsafe', place, { resource: known.text, problem })]
}

/** Clients compare the string itself, so only one spelling of it is right. */
function resourceProblem(text: string): string | null {
  const { href, pathname, search } = new URL(text)
  if (search !== '' || text.includes('?')) return 'has a query'
  if (pathname === '/') return 'has no path'
  if (pathname.endsWith('/')) return 'ends with a slash'
  return href === text ? null : `is not written as clients send it: '${href}'`
}
