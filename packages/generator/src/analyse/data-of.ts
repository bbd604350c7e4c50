/** A value that is handed to clients as it is; or why it cannot be. */
export type Data = { readonly value: unknown } | { readonly problem: string }

const DEEPEST = 32

/**
 * A value as JSON has it, with nothing lost: what JSON leaves out or turns into something else, such as a function, a
 * date or NaN, is a problem, and not a gap that nobody notices.
 */
export function dataOf(value: unknown): Data {
  const problem = problemIn(value, '', [])
  return problem === undefined ? { value: JSON.parse(JSON.stringify(value)) as unknown } : { problem }
}

function problemIn(value: unknown, path: string, above: readonly unknown[]): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `holds ${value}${at(path)}`
  if (typeof value !== 'object') return `holds ${NAMED[typeof value] ?? 'something'}${at(path)}, which JSON has not`
  if (above.includes(value)) return `holds itself${at(path)}`
  if (above.length >= DEEPEST) return `nests deeper than ${DEEPEST} levels`
  const isPlain = Array.isArray(value) || PLAIN.has(Object.getPrototypeOf(value))
  if (!isPlain || 'toJSON' in value) return `holds an object of a class${at(path)}, which JSON has not`
  for (const [key, inner] of Object.entries(value)) {
    const problem = problemIn(inner, path === '' ? key : `${path}.${key}`, [...above, value])
    if (problem !== undefined) return problem
  }
  return undefined
}

const PLAIN = new Set<unknown>([Object.prototype, null])

const NAMED: Readonly<Record<string, string>> = {
  undefined: 'undefined',
  function: 'a function',
  bigint: 'a bigint',
  symbol: 'a symbol',
}

function at(path: string): string {
  return path === '' ? '' : ` at '${path}'`
}
