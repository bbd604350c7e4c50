import type { Paint } from '../diagnostics/paint.js'
import { oneLine } from '../render/markdown.js'
import {
  type Access,
  type AccessItem,
  type AccessMatrix,
  besidesInWords,
  byKind,
  cellOf,
  inWords,
} from './access-matrix.js'

export interface TextOptions {
  /** How many columns there are. */
  readonly width: number
  readonly paint: Paint
}

const GAP = '  '
const WORDS = { needed: 'needed', covers: 'covers', nothing: '' } as const

/** The matrix for a terminal: a table as long as it fits, one line of words an item where it does not. */
export function asText(whole: AccessMatrix, { width, paint }: TextOptions): string {
  const matrix = printable(whole)
  const { server, scopes } = matrix
  const head = `${paint('bold', `${server.name} ${server.version}`)}: who may do what\n`
  const layout = layoutOf(matrix)
  const isTable = layout.total <= width && scopes.length > 0
  const sections = byKind(matrix).map(([title, items]) => {
    const rows = items.map((item) =>
      isTable ? tableRow(item, matrix, layout, paint) : wordsRow(item, layout.name, width, paint),
    )
    return `\n${isTable ? headRow(title, matrix, layout, paint) : paint('bold', title)}\n${rows.join('')}`
  })
  return `${head}${sections.join('')}${legend(matrix, isTable)}`
}

/** The rules allow no name that would act on a terminal; what is shown does not depend on them. */
function printable(matrix: AccessMatrix): AccessMatrix {
  const { server, scopes, items } = matrix
  return {
    ...matrix,
    server: { name: oneLine(server.name), version: oneLine(server.version) },
    scopes: scopes.map((scope) => ({ ...scope, name: oneLine(scope.name), implies: scope.implies.map(oneLine) })),
    items: items.map(({ name, access, ...item }) => ({
      ...item,
      name: oneLine(name),
      access: printableAccess(access),
    })),
  }
}

function printableAccess(access: Access): Access {
  if (access.kind === 'scopes') return { kind: 'scopes', scopes: access.scopes.map(oneLine) }
  return access.kind === 'any-of' ? { kind: 'any-of', anyOf: access.anyOf.map((set) => set.map(oneLine)) } : access
}

interface Layout {
  readonly name: number
  readonly columns: readonly number[]
  readonly total: number
}

function layoutOf({ items, scopes }: AccessMatrix): Layout {
  const name = Math.max('Resources'.length, ...items.map((item) => item.name.length + GAP.length))
  const columns = scopes.map((scope) => Math.max(scope.name.length, WORDS.needed.length))
  const spans = items.filter(({ access }) => access.kind !== 'scopes').map(({ access }) => inWords(access).length)
  const table = columns.reduce((sum, column) => sum + GAP.length + column, 0)
  return { name, columns, total: name + Math.max(table, ...spans.map((span) => span + GAP.length)) }
}

function headRow(title: string, { scopes }: AccessMatrix, { name, columns }: Layout, paint: Paint): string {
  const names = scopes.map((scope, index) => GAP + scope.name.padEnd(columns[index] ?? 0))
  return paint('bold', `${title.padEnd(name)}${names.join('')}`.trimEnd())
}

function tableRow(item: AccessItem, { scopes }: AccessMatrix, { name, columns }: Layout, paint: Paint): string {
  const start = `${GAP}${item.name}`.padEnd(name)
  if (item.access.kind !== 'scopes') return `${start}${GAP}${span(item, paint)}\n`
  const cells = scopes.map((scope, index) => GAP + WORDS[cellOf(item, scope)].padEnd(columns[index] ?? 0))
  return `${`${start}${cells.join('')}`.trimEnd()}\n`
}

function span({ access }: AccessItem, paint: Paint): string {
  return access.kind === 'public' ? paint('yellow', inWords(access)) : inWords(access)
}

/** A name too long to leave room beside it has a line of its own. */
function wordsRow(item: AccessItem, column: number, width: number, paint: Paint): string {
  const margin = Math.min(column + GAP.length, Math.floor(width / 2))
  const name = `${GAP}${item.name}`
  const words = wrap(inWords(item.access), width - margin).map((line) =>
    item.access.kind === 'public' ? paint('yellow', line) : line,
  )
  const lines = name.length + GAP.length > margin ? ['', ...words] : words
  return `${lines.map((line, index) => `${(index === 0 ? name : '').padEnd(line === '' ? 0 : margin)}${line}\n`).join('')}`
}

/** Breaks between words; one that is longer than a line stays whole, so that it can be searched for. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function legend({ items, scopes }: AccessMatrix, isTable: boolean): string {
  const implying = scopes.filter(({ implies }) => implies.length > 0)
  const covers = isTable && items.some((item) => scopes.some((scope) => cellOf(item, scope) === 'covers'))
  const lines = [
    ...(isTable && items.some(({ access }) => access.kind === 'scopes')
      ? ['needed: a caller must have it, and all of its row']
      : []),
    ...(covers ? ['covers: a caller who has it needs not have the one that it implies'] : []),
    ...items.flatMap((item) => besidesInWords(item).map((words) => `${item.name}: ${oneLine(words)}`)),
    ...implying.map(({ name, implies }) => `${name} implies ${implies.join(', ')}`),
  ]
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`
}
