import type { AccessLock } from './access-lock.js'

const LINE_WIDTH = 100

/**
 * The text of `access.lock.json`: two spaces, LF, one line for what holds only
 * plain values and fits on one, so that a diff shows what changed and little else.
 */
export function printLock(lock: AccessLock): string {
  return `${print(lock, 0, 0)}\n`
}

/** `column` is where the value starts. */
function print(value: unknown, indent: number, column: number): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const entries: readonly (readonly [key: string, item: unknown])[] = isList
    ? value.map((item) => ['', item])
    : Object.entries(value).map(([key, item]) => [`${scalar(key)}: `, item])
  if (entries.length === 0) return open + close
  if (entries.every(([, item]) => isPlain(item))) {
    const items = entries.map(([key, item]) => `${key}${print(item, indent, 0)}`).join(', ')
    const line = isList ? `[${items}]` : `{ ${items} }`
    if (column + line.length < LINE_WIDTH) return line
  }
  const pad = ' '.repeat(indent + 2)
  const lines = entries.map(([key, item]) => `${pad}${key}${print(item, indent + 2, indent + 2 + key.length)}`)
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`
}

function isPlain(item: unknown): boolean {
  const isScalar = (value: unknown) => typeof value !== 'object' || value === null
  return isScalar(item) || (Array.isArray(item) && item.every(isScalar))
}

/** What would hide or reorder text in a diff is written as an escape. */
function scalar(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
