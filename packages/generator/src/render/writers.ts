import Handlebars from 'handlebars'
import { comment } from './comment.js'
import { entry, literal, quote } from './literal.js'
import { cell, code } from './markdown.js'

/**
 * The only ways in which a value reaches text. A template that writes a value
 * without one of them fails a test, and does not render.
 */
export const WRITERS = ['cell', 'code', 'comment', 'identifier', 'literal', 'property', 'specifier'] as const

export type Writer = (typeof WRITERS)[number]

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/

const writers: { readonly [W in Writer]: Handlebars.HelperDelegate } = {
  /** Text in a Markdown table. */
  cell: (text: unknown) => cell(expectString(text)),
  /** A Markdown code span. */
  code: (text: unknown) => code(expectString(text)),
  /** A comment of one line. */
  comment: (text: unknown) => comment(expectString(text)),
  /** A name of ours, made by `importNames`. */
  identifier(text: unknown) {
    const name = expectString(text)
    if (!IDENTIFIER.test(name)) throw new TypeError(`'${name}' is not an identifier`)
    return name
  },
  /** A value at the start of a line, `indent=` spaces in. */
  literal(value: unknown, { hash }: Handlebars.HelperOptions) {
    const indent = Number(hash.indent ?? 0)
    return literal(value, { indent, column: indent, trailing: 1 })
  },
  /** `key: value,` at the start of a line, `indent=` spaces in. */
  property: (key: unknown, value: unknown, { hash }: Handlebars.HelperOptions) =>
    `${entry(expectString(key), value, Number(hash.indent ?? 0))},`,
  /** The module specifier of an import. */
  specifier: (text: unknown) => quote(expectString(text)),
}

function expectString(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`a writer of text was given a value of type ${typeof value}`)
  return value
}

/** Handlebars with our writers and nothing else that writes. */
export function createRenderer(): typeof Handlebars {
  const renderer = Handlebars.create()
  renderer.registerHelper({ ...writers })
  return renderer
}
