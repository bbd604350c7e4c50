import type { Paint } from '../diagnostics/paint.js'
import { type Change, subjectInWords } from '../lock/change.js'
import { oneLine } from '../render/markdown.js'
import { changesAsLines, effectWord } from './changes-as-lines.js'
import { summaryOf } from './changes-summary.js'

export interface TableOptions {
  /** How many columns there are. */
  readonly width: number
  readonly paint: Paint
}

const GAP = '  '
const HEAD = ['Access ', 'Of', 'What', 'Before', 'Now'] as const

/** The changes for a terminal: a table as long as it fits, a line of words each where it does not. */
export function changesAsTable(changes: readonly Change[], since: string, { width, paint }: TableOptions): string {
  const head = `Since ${oneLine(since)}: ${summaryOf(changes)}\n`
  if (changes.length === 0) return head
  const rows = changes.map((change) => [
    effectWord(change, (_color, text) => text),
    ...[subjectInWords(change.subject), change.aspect, change.before ?? '', change.after ?? 'gone'].map(oneLine),
  ])
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const total = widths.reduce((sum, one) => sum + one + GAP.length, 0)
  if (total > width) return `${head}\n${changesAsLines(changes, paint)}`
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)
  const body = changes.map((change, index) => {
    const [, ...cells] = rows[index] ?? []
    return `${effectWord(change, paint)}${GAP}${line(['', ...cells]).slice((widths[0] ?? 0) + GAP.length)}`.trimEnd()
  })
  return `${head}\n${paint('bold', line([...HEAD]).trimEnd())}\n${body.join('\n')}\n`
}
