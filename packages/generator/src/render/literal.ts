/**
 * Writes a value of plain data as a TypeScript literal, laid out as a formatter
 * would: on one line if it fits, else one element a line. Every value of a spec
 * that reaches generated code comes through here.
 */
export function literal(value: unknown, layout: Layout = { indent: 0, column: 0, trailing: 0 }): string {
  if (Array.isArray(value)) return array(value, layout)
  if (typeof value === 'object' && value !== null) return object(value, layout)
  return scalar(value)
}

export interface Layout {
  /** Spaces before the line that the literal starts on. */
  readonly indent: number
  /** The column that it starts at. */
  readonly column: number
  /** How many characters follow its end on the same line. */
  readonly trailing: number
}

const LINE_WIDTH = 120
const STEP = 2

function scalar(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  throw new TypeError(`a value of type ${typeof value} is not data`)
}

function array(items: readonly unknown[], layout: Layout): string {
  if (items.length === 0) return '[]'
  const flat = `[${items.map((item) => flatten(item)).join(', ')}]`
  if (fits(flat, layout) && !breaksAlways(items)) return flat
  const indent = layout.indent + STEP
  const rows = items.map((item) => literal(item, { indent, column: indent, trailing: 1 }))
  return block('[', items.every(isNumber) ? fill(rows, indent) : rows, ']', layout.indent)
}

function object(value: object, layout: Layout): string {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  const flat = flatten(value)
  if (fits(flat, layout) && !containsBreak(value)) return flat
  const indent = layout.indent + STEP
  const rows = entries.map(([key, item]) => entry(key, item, indent))
  return block('{', rows, '}', layout.indent)
}

/** `key: value` as a property that starts a line. */
export function entry(key: string, value: unknown, indent: number): string {
  const name = propertyName(key)
  const column = indent + name.length + 2
  const text = literal(value, { indent, column, trailing: 1 })
  // A long text moves to a line of its own, unless its key is so short that nothing is won.
  const moves = typeof value === 'string' && name.length > STEP + 2 && column + text.length + 1 > LINE_WIDTH
  return moves ? `${name}:\n${' '.repeat(indent + STEP)}${text}` : `${name}: ${text}`
}

function block(open: string, rows: readonly string[], close: string, indent: number): string {
  const margin = ' '.repeat(indent + STEP)
  return `${open}\n${rows.map((row) => `${margin}${row},\n`).join('')}${' '.repeat(indent)}${close}`
}

function flatten(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatten).join(', ')}]`
  if (typeof value !== 'object' || value === null) return scalar(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([key, item]) => `${propertyName(key)}: ${flatten(item)}`).join(', ')} }`
}

function fits(text: string, { column, trailing }: Layout): boolean {
  return column + text.length + trailing <= LINE_WIDTH
}

/** Formatters put a list of records, or of lists, one a line even if it would fit. */
function breaksAlways(items: readonly unknown[]): boolean {
  if (
    items.length > 1 &&
    (items.every((item) => sizeOf(item, 'list') > 1) || items.every((item) => sizeOf(item, 'record') > 1))
  ) {
    return true
  }
  return items.some(containsBreak)
}

function containsBreak(value: unknown): boolean {
  if (Array.isArray(value)) return breaksAlways(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(containsBreak)
}

function sizeOf(value: unknown, kind: 'list' | 'record'): number {
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (kind === 'list')) return 0
  return Object.keys(value).length
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

/** Numbers stand as many on a line as fit. */
function fill(rows: readonly string[], indent: number): readonly string[] {
  const lines: string[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last !== undefined && indent + last.length + row.length + 3 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last}, ${row}`
    else lines.push(row)
  }
  return lines
}

/** A key of an object literal. `__proto__` written plainly would set the prototype instead. */
export function propertyName(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : quote(key)
}

/** A string literal, in the quotes that need fewer escapes; nothing invisible stays in it. */
export function quote(text: string): string {
  const singles = text.split("'").length
  const doubles = text.split('"').length
  const mark = singles > doubles ? '"' : "'"
  if (PRINTABLE.test(text)) return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark
  const body = Array.from(text, (character) => escapeCharacter(character, mark)).join('')
  return mark + body + mark
}

/** Printable ASCII, in which nothing else needs an escape: nearly every text that there is. */
const PRINTABLE = /^[\x20-\x7e]*$/

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
}

/**
 * Control characters, line separators, lone surrogates, and what reorders or
 * hides text in an editor: https://trojansource.codes
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

function escapeCharacter(character: string, mark: string): string {
  if (character === mark) return `\\${mark}`
  const short = SHORT_ESCAPES[character]
  if (short !== undefined) return short
  // An emoji is often several characters joined by U+200D.
  if (!INVISIBLE.test(character) || character === '\u200d') return character
  const codes = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('')
}
