import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CHECKLIST } from './support/checklist.js'

const TESTS = dirname(fileURLToPath(import.meta.url))
const THIS = 'checklist.test.ts'

/** The numbers that the names of tests, and of their cases, carry. `SC-06 to SC-10` is five. */
function numbersOf(source: string): readonly string[] {
  // Comments prove nothing.
  const text = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
  const ranges = [...text.matchAll(/\b(PR|TK|SC)-(\d\d) to (?:PR|TK|SC)-(\d\d)\b/g)].flatMap(([, kind, from, to]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => number(kind, Number(from) + index)),
  )
  return [...ranges, ...[...text.matchAll(/['"`][^'"`\n]*['"`]/g)].flatMap(([literal]) => literalNumbers(literal))]
}

function literalNumbers(literal: string): readonly string[] {
  return [...literal.matchAll(/\b(?:PR|TK|SC)-\d\d\b/g)].map(([found]) => found)
}

function number(kind: string | undefined, value: number): string {
  return `${kind}-${String(value).padStart(2, '0')}`
}

const carried = new Set(
  readdirSync(TESTS)
    .filter((name) => name.endsWith('.test.ts') && name !== THIS)
    .flatMap((name) => numbersOf(readFileSync(join(TESTS, name), 'utf8'))),
)

describe('every row of the checklist', () => {
  test.each(Object.entries(CHECKLIST))('%s has a test, or a reason why not', (id, { untested }) => {
    expect(carried.has(id), untested ?? 'no test carries this number').toBe(untested === undefined)
  })

  test('is there: the numbers have no gap', () => {
    for (const [kind, last] of [
      ['PR', 25],
      ['TK', 22],
      ['SC', 31],
    ] as const) {
      const ids = Object.keys(CHECKLIST).filter((id) => id.startsWith(kind))
      expect(ids).toEqual(Array.from({ length: last }, (_, index) => number(kind, index + 1)))
    }
  })

  test('is the only place of numbers: no test carries one that is not in it', () => {
    expect([...carried].filter((id) => !Object.hasOwn(CHECKLIST, id))).toEqual([])
  })
})

test('numbers are read from names of tests, ranges too, and not from comments', () => {
  const source = ['// TK-01', ' * TK-02', "test('TK-03, PR-04: x')", "['SC-06 to SC-08: y']", 'const TK_05 = 1'].join(
    '\n',
  )
  expect([...new Set(numbersOf(source))].sort()).toEqual(['PR-04', 'SC-06', 'SC-07', 'SC-08', 'TK-03'])
})
