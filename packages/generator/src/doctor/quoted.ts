const LONGEST = 160
/** What acts on a terminal, ends a line, hides or reorders text, and what would read as the escape of such a thing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\\]/gu

/**
 * What another server said, to be printed: on one line, with escapes for everything
 * that does more than stand there, and cut after 160 characters.
 */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  // A character is one or two units of a text, and one more shows that there is more.
  const characters = [...text.slice(0, 2 * (LONGEST + 1))]
  const shown = characters.slice(0, LONGEST).join('').replace(UNPRINTABLE, escaped)
  return characters.length > LONGEST ? `${shown}…` : shown
}

/** The address that a redirect leads to: what follows the path may be somebody's secret. */
export function withoutQuery(address: string, base: string): string {
  if (!URL.canParse(address, base)) return quoted(address.replace(/[?#].*$/s, ''))
  const { origin, pathname, protocol } = new URL(address, base)
  return quoted(origin === 'null' ? protocol : origin + pathname)
}

function escaped(character: string): string {
  return character === '\\' ? '\\\\' : `\\u{${character.codePointAt(0)?.toString(16)}}`
}
