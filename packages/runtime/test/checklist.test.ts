import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CHECKLIST } from './support/checklist.js'
import { PROTOCOL_CHECKLIST } from './support/protocol-checklist.js'

const ROWS = { ...CHECKLIST, ...PROTOCOL_CHECKLIST }

const HERE = dirname(fileURLToPath(import.meta.url))
/** What is met before there is a server, or in another process, is tested where that is. */
const TESTS = [HERE, ...['generator', 'spec', 'testing'].map((name) => join(HERE, '..', '..', name, 'test'))]
const THIS = 'checklist.test.ts'

/** The groups, and the ranges of numbers that each has. */
const GROUPS: Readonly<Record<string, readonly (readonly [first: number, last: number])[]>> = {
  PR: [[1, 25]],
  TK: [[1, 22]],
  SC: [[1, 31]],
  BA: [[1, 27]],
  TR: [
    [1, 12],
    [20, 36],
    [40, 52],
  ],
  TL: [[1, 27]],
  TO: [[1, 32]],
  CA: [[1, 9]],
  RP: [[1, 8]],
  MR: [[1, 8]],
  EL: [[1, 6]],
  SB: [[1, 7]],
}
const KINDS = Object.keys(GROUPS).join('|')
const NUMBER = new RegExp(`\\b(?:${KINDS})-\\d\\d\\b`, 'g')
const RANGE = new RegExp(`\\b(${KINDS})-(\\d\\d) to (?:${KINDS})-(\\d\\d)\\b`, 'g')

/** The numbers that the names of tests, and of their cases, carry. `SC-06 to SC-10` is five. */
function numbersOf(source: string): readonly string[] {
  // Comments prove nothing.
  const text = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
  const ranges = [...text.matchAll(RANGE)].flatMap(([, kind, from, to]) =>
    numbersBetween(kind, Number(from), Number(to)),
  )
  return [...ranges, ...[...text.matchAll(/['"`][^'"`\n]*['"`]/g)].flatMap(([literal]) => literalNumbers(literal))]
}

function literalNumbers(literal: string): readonly string[] {
  return [...literal.matchAll(NUMBER)].map(([found]) => found)
}

function numbersBetween(kind: string | undefined, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => number(kind, first + index))
}

function number(kind: string | undefined, value: number): string {
  return `${kind}-${String(value).padStart(2, '0')}`
}

const carried = new Set(
  TESTS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts') && name !== THIS)
      .flatMap((name) => numbersOf(readFileSync(join(folder, name), 'utf8'))),
  ),
)

describe('every row of the checklist', () => {
  test.each(Object.entries(ROWS))('%s has a test, or a reason why not', (id, { untested }) => {
    expect(carried.has(id), untested ?? 'no test carries this number').toBe(untested === undefined)
  })

  test('is there: the numbers have no gap', () => {
    const numbers = Object.entries(GROUPS).flatMap(([kind, ranges]) =>
      ranges.flatMap(([first, last]) => numbersBetween(kind, first, last)),
    )
    expect(Object.keys(ROWS)).toEqual(numbers)
  })

  test('is the only place of numbers: no test carries one that is not in it', () => {
    expect([...carried].filter((id) => !Object.hasOwn(ROWS, id))).toEqual([])
  })
})

test('numbers are read from names of tests, ranges too, and not from comments', () => {
  const source = ['// TK-01', ' * TK-02', "test('TK-03, PR-04: x')", "['SC-06 to SC-08: y']", 'const TK_05 = 1'].join(
    '\n',
  )
  expect([...new Set(numbersOf(source))].sort()).toEqual(['PR-04', 'SC-06', 'SC-07', 'SC-08', 'TK-03'])
})
