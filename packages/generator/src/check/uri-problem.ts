import type { UriTemplate } from '../model/uri-template.js'

const LONGEST = 2048
/** RFC 3986, sections 3.1 and 3.3, with a query, in the one spelling that is compared. */
const SCHEME = /^[a-z][a-z0-9+.-]*:./
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@?]|%[0-9A-Fa-f]{2})*$/

/** What is wrong with a URI or a template of a resource, or null. */
export function uriProblem({ text, parts, names }: UriTemplate): string | null {
  if (!SCHEME.test(text)) return "does not start with a scheme in small letters, such as 'notes://'"
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`
  if (text.includes('#')) return 'has a fragment'
  const literals = parts.flatMap((part) => (part.kind === 'literal' ? [part.text] : []))
  const odd = literals.find((literal) => !LITERAL.test(literal))
  if (odd !== undefined) {
    return /[{}]/.test(odd)
      ? `has '${odd}': a variable is {name}, or {+name} at the end, and fills the whole part between two slashes`
      : `has '${odd}', which holds a character that a URI cannot have there`
  }
  const unclear = literals.find((literal) => !isPlain(literal))
  if (unclear !== undefined) {
    return `has '${unclear}': steps ('.', '..') and encoded separators are read in more than one way`
  }
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated !== undefined) return `has the variable '${repeated}' twice`
  if (names.includes('__proto__'))
    return "has a variable called '__proto__', which is no ordinary property in JavaScript"
  if (parts.slice(0, -1).some(({ kind }) => kind === 'rest')) return 'has {+name} before its end'
  return names.length > 0 && text.includes('?') ? 'has variables and a query' : null
}

/** What a value must not be either: a step, or a part that another program would read as two. */
function isPlain(text: string): boolean {
  try {
    const value = decodeURIComponent(text)
    return value !== '.' && value !== '..' && !/[/\\\p{Cc}]/u.test(value)
  } catch {
    return false
  }
}
