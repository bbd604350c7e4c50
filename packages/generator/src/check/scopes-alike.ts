import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** RFC 6749 section 3.3 tells capitals apart; people, and some authorization servers, do not. */
export const scopesAlike: Rule = ({ model: { scopes } }) =>
  scopes.flatMap(({ name, place }, index) => {
    const other = scopes.slice(0, index).find((earlier) => folded(earlier.name) === folded(name))
    if (other === undefined) return []
    const related = [{ message: `'${other.name}' is declared here`, place: other.place }]
    return [diagnostic('scopes-alike', place, { scope: name, other: other.name }, related)]
  })

function folded(name: string): string {
  return name.toLowerCase().replace(/[:._/-]/g, ':')
}
