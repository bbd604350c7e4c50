/** What would end a line, hide, or reorder text; a page shows a space instead. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** Text in a cell of a Markdown table: shown as it is, whatever it holds. */
export function cell(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}

/** Text as a code span, also within a table. */
export function code(text: string): string {
  const plain = oneLine(text)
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const padding = /^`|`$/.test(plain) ? ' ' : ''
  // GitHub reads `|` as the end of a cell even within a code span, unless it is escaped.
  return fence + padding + plain.replace(/\|/g, '\\|') + padding + fence
}

/** Text on a line of its own: nothing in it ends the line, hides, or acts on a terminal. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, ' ').trim()
}
