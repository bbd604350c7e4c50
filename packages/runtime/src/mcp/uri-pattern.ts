/**
 * The URIs of one resource: a single one, or all that a template of RFC 6570
 * makes. A variable fills the whole part between two slashes, `{+name}` one part
 * or several at the end, so that reading a URI back has one result, and whether
 * two templates share a URI can be told.
 */
export class UriPattern {
  /** As it is written; what clients see. */
  readonly text: string
  /** The names of its variables, in order; none for a single URI. */
  readonly names: readonly string[]
  readonly #parts: readonly Part[]

  private constructor(text: string, parts: readonly Part[]) {
    this.text = text
    this.#parts = parts
    this.names = parts.flatMap(({ kind, text: name }) => (kind === 'literal' ? [] : [name]))
  }

  /** Nothing, if it is no URI or if it could be read back in more than one way. */
  static parse(text: string): UriPattern | undefined {
    if (!SHAPE.test(text) || text.length > LONGEST_URI) return undefined
    const pieces = text.split('/')
    const parts = pieces.map(partOf).filter((part) => part !== undefined)
    if (parts.length < pieces.length || parts.slice(0, -1).some(({ kind }) => kind === 'rest')) return undefined
    const pattern = new UriPattern(text, parts)
    const isRepeated = new Set(pattern.names).size < pattern.names.length
    return isRepeated || (pattern.names.length > 0 && text.includes('?')) ? undefined : pattern
  }

  /**
   * The values of the variables, decoded once; nothing, if the URI is not one of
   * these. No value holds a separator, a control character or a step up (`..`),
   * however it was encoded; that of `{+name}` holds slashes between such values.
   */
  match(uri: string): Readonly<Record<string, string>> | undefined {
    if (uri.length > LONGEST_URI) return undefined
    const given = uri.split('/')
    const last = this.#parts.at(-1)
    if (last?.kind === 'rest' ? given.length < this.#parts.length : given.length !== this.#parts.length)
      return undefined
    const values: Record<string, string> = Object.create(null)
    for (const [index, part] of this.#parts.entries()) {
      const here = given[index] ?? ''
      if (part.kind === 'literal') {
        if (here !== part.text) return undefined
        continue
      }
      const decoded = (part.kind === 'rest' ? given.slice(index) : [here]).map(decode)
      if (decoded.includes(undefined)) return undefined
      values[part.text] = decoded.join('/')
    }
    return values
  }

  /** The URI with these values in it; nothing, if one of them cannot stand there. */
  expand(values: Readonly<Record<string, string>>): string | undefined {
    const written = this.#parts.map(({ kind, text }) => {
      if (kind === 'literal') return text
      const value = values[text] ?? ''
      return kind === 'rest' ? value.split('/').map(encode).join('/') : encode(value)
    })
    const uri = written.join('/')
    const readBack = this.match(uri)
    return this.names.every((name) => readBack?.[name] === values[name]) ? uri : undefined
  }

  /** Whether there is a URI that is one of these and one of those. */
  overlaps(other: UriPattern): boolean {
    return overlap(this.#parts, other.#parts)
  }
}

type Part = { readonly kind: 'literal' | 'variable' | 'rest'; readonly text: string }

/** Characters. A longer URI is not looked at. */
const LONGEST_URI = 2_048

/** RFC 3986 section 3.1: a scheme, in the one spelling that is compared, and something after it. */
const SHAPE = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/
/** RFC 3986 section 3.3: what may stand between two slashes. */
const SEGMENT = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+$/
/** The same, and a query. */
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@?]|%[0-9A-Fa-f]{2})*$/

function partOf(text: string, index: number): Part | undefined {
  const [, plus, name] = /^\{(\+?)([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text) ?? []
  if (name === undefined) return LITERAL.test(text) && plain(text) !== undefined ? { kind: 'literal', text } : undefined
  // The scheme stands before the first slash, and is not for clients to choose.
  return index === 0 || name === '__proto__' ? undefined : { kind: plus === '+' ? 'rest' : 'variable', text: name }
}

function isStep(text: string): boolean {
  return text === '.' || text === '..'
}

/** One part of a URI, decoded once; nothing, if it is not one value. */
function decode(text: string): string | undefined {
  return SEGMENT.test(text) ? plain(text) : undefined
}

/** The text decoded once, if it does not step up, hold a separator or a control character. */
function plain(text: string): string | undefined {
  try {
    const value = decodeURIComponent(text)
    return isStep(value) || /[/\\\p{Cc}]/u.test(value) ? undefined : value
  } catch {
    // Not UTF-8.
    return undefined
  }
}

/** RFC 6570 section 3.2.2; nothing for half a character, which no URI can hold. */
function encode(value: string): string {
  try {
    return encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  } catch {
    return ''
  }
}

function overlap([one, ...ones]: readonly Part[], [other, ...others]: readonly Part[]): boolean {
  if (one === undefined || other === undefined) return one === other
  // What follows the slash before it: one part or several of whatever the other has.
  if (one.kind === 'rest') return couldBeRest([other, ...others])
  if (other.kind === 'rest') return couldBeRest([one, ...ones])
  return couldBeEqual(one, other) && overlap(ones, others)
}

function couldBeRest(parts: readonly Part[]): boolean {
  return parts.every((part) => part.kind !== 'literal' || decode(part.text) !== undefined)
}

function couldBeEqual(one: Part, other: Part): boolean {
  if (one.kind !== 'literal') return other.kind !== 'literal' || decode(other.text) !== undefined
  return other.kind === 'literal' ? one.text === other.text : decode(one.text) !== undefined
}
