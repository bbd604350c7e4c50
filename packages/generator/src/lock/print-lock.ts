import type { AccessLock } from './access-lock.js'

const LINE_WIDTH = 100

/**
 * The text of `access.lock.json`: two spaces, LF, one line for what holds only
 * plain values and fits on one, so that a diff shows what changed and little else.
 * Of schemas, whatever fits stands on one line.
 */
export function printLock(lock: AccessLock): string {
  return `${print(lock, { indent: 0, column: 0, isSchema: false })}\n`
}

interface Where {
  readonly indent: number
  /** Where the value starts. */
  readonly column: number
  readonly isSchema: boolean
}

function print(value: unknown, { indent, column, isSchema }: Where): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const entries = Object.entries(value).map(([key, item]: [string, unknown]): [string, unknown] => [
    Array.isArray(value) ? '' : `${scalar(key)}: `,
    item,
  ])
  if (entries.length === 0) return open + close
  if ((isSchema || entries.every(([, item]) => isPlain(item))) && mayFit(value, column)) {
    const line = onOneLine(value)
    if (column + line.length < LINE_WIDTH) return line
  }
  const inner = indent + 2
  const lines = entries.map(([key, item]) => {
    const where = { indent: inner, column: inner + key.length, isSchema: isSchema || key === '"schemas": ' }
    return ' '.repeat(inner) + key + print(item, where)
  })
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`
}

/** A line is never shorter than its JSON, which is had at once: most of what does not fit is not tried. */
function mayFit(value: object, column: number): boolean {
  return column + JSON.stringify(value).length < LINE_WIDTH
}

function isPlain(item: unknown): boolean {
  const isScalar = (value: unknown) => typeof value !== 'object' || value === null
  return isScalar(item) || (Array.isArray(item) && item.every(isScalar))
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  const entries = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${onOneLine(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
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
