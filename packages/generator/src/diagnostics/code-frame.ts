import type { Place } from './diagnostic.js'

const CONTEXT_LINES = 1

/** In columns. */
const WIDEST = 240

/** The lines around a place with a marker under it; empty if the place is outside the text. */
export function codeFrame(text: string, place: Place, context: number = CONTEXT_LINES): string {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines[place.line - 1] === undefined || text === '') return ''
  const first = Math.max(1, place.line - context)
  const last = Math.min(lines.length, place.line + context)
  const width = String(last).length
  const rows: string[] = []
  const skipped = Math.max(0, place.column - 1 - (WIDEST - WIDEST / 4))
  for (let number = first; number <= last; number++) {
    const line = printable(cut(lines[number - 1] ?? '', skipped))
    const mark = number === place.line ? '>' : ' '
    rows.push(`${mark} ${String(number).padStart(width)} | ${line}`.trimEnd())
    if (number === place.line)
      rows.push(`  ${' '.repeat(width)} | ${marker(line, { ...place, column: place.column - skipped })}`)
  }
  return rows.join('\n')
}

/** Of a line that no terminal shows as a whole, the part around the place. */
function cut(line: string, skipped: number): string {
  return line.slice(skipped, skipped + WIDEST)
}

function marker(line: string, place: Place): string {
  // Tabs stay tabs, so that the marker stands under its place whatever a tab's width is.
  const lead = line.slice(0, place.column - 1).replace(/[^\t]/g, ' ')
  const length = Math.max(1, Math.min(place.length, line.length - place.column + 1))
  return lead + '^'.repeat(length)
}

/** A source line may hold escape sequences that would act on the terminal. */
function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  return line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd')
}
