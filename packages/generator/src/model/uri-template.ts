/** One part of a URI, between two slashes. */
export type UriPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** `{name}` fills the part, `{+name}` what is left of the URI. */
  | { readonly kind: 'variable' | 'rest'; readonly name: string }

/** A URI or a template as far as it can be read: the runtime reads the same, and refuses at boot what is wrong. */
export interface UriTemplate {
  readonly text: string
  readonly parts: readonly UriPart[]
  /** The names of its variables, in order. */
  readonly names: readonly string[]
}

export function readUriTemplate(text: string): UriTemplate {
  const parts = text.split('/').map(readPart)
  return { text, parts, names: parts.flatMap((part) => (part.kind === 'literal' ? [] : [part.name])) }
}

function readPart(text: string): UriPart {
  const [, plus, name] = /^\{(\+?)([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text) ?? []
  if (name === undefined) return { kind: 'literal', text }
  return { kind: plus === '+' ? 'rest' : 'variable', name }
}

/** Whether one URI could be that of both. */
export function overlap(one: UriTemplate, other: UriTemplate): boolean {
  return partsOverlap(one.parts, other.parts)
}

function partsOverlap([one, ...ones]: readonly UriPart[], [other, ...others]: readonly UriPart[]): boolean {
  if (one === undefined || other === undefined) return one === other
  if (one.kind === 'rest') return [other, ...others].every(couldBeValue)
  if (other.kind === 'rest') return [one, ...ones].every(couldBeValue)
  if (one.kind === 'literal' && other.kind === 'literal') return one.text === other.text && partsOverlap(ones, others)
  return couldBeValue(one) && couldBeValue(other) && partsOverlap(ones, others)
}

/** RFC 3986, section 3.3: at least one character of a path. */
const VALUE = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+$/

function couldBeValue(part: UriPart): boolean {
  return part.kind !== 'literal' || VALUE.test(part.text)
}
