import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { expect, it } from 'vitest'
import type { Facts } from '../../packages/generator/dist/analyse/facts.js'
import { check } from '../../packages/generator/dist/check/check.js'
import type { Diagnostic } from '../../packages/generator/dist/diagnostics/diagnostic.js'
import { sortDiagnostics } from '../../packages/generator/dist/diagnostics/sort.js'
import type { ExistingFile } from '../../packages/generator/dist/load/existing-output.js'
import { model } from '../../packages/generator/dist/model/model.js'
import { findingLines } from '../../packages/generator/test/support/finding-lines.js'

interface Case {
  readonly name: string
  readonly facts: Facts
  readonly existing: readonly ExistingFile[]
  /** What was found before the rules ran. */
  readonly before: readonly Diagnostic[]
  /** The lines that the compiler's own tests expect of it; null for a project that builds. */
  readonly expected: string | null
}

const cases = deserialize(readFileSync(process.env.MUTATION_FACTS ?? '')) as readonly Case[]

it.each(cases)('$name', ({ facts, existing, before, expected }) => {
  // Some rules are silent where something could not be read: it is not in the model.
  const hasErrors = before.some(({ severity }) => severity === 'error')
  const input = { model: model(facts), existing, hasErrors }
  const found = check(input)
  if (expected === null) expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
  else
    expect(
      sortDiagnostics([...before, ...found])
        .map(findingLines)
        .join(''),
    ).toBe(expected)
})
