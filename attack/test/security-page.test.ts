// docs/security.md claims nothing that no test proves: what it cites exists.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GROUPS } from '../src/groups.js'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
const names = GROUPS.flatMap(([, attacks]) => attacks.map(({ name }) => name))

/** The rows of its tables, without heads and rules. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[-|]+$/.test(line) && !line.endsWith('| proof |'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )

const proofsOf = (cell: string): readonly string[] => [...attacksIn(cell), ...testsIn(cell).map(({ title }) => title)]

function attacksIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([a-z0-9-]+\/[a-z0-9.*-]+)`/g)].map(([, name = '']) => name)
}

function testsIn(cell: string): readonly { readonly file: string; readonly title: string }[] {
  return [...cell.matchAll(/\]\(\.\.\/([^)]+\.test\.ts)\) "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }))
}

function isAttack(pattern: string): boolean {
  const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
  return names.some((name) => shape.test(name))
}

describe('the threat model', () => {
  it.each(rows.map((row) => [row[0] ?? '', row.at(-1) ?? ''] as const))('%s: is proved by what exists', (_, cell) => {
    expect(proofsOf(cell)).not.toEqual([])
    expect(attacksIn(cell).filter((name) => !isAttack(name))).toEqual([])
    const missing = testsIn(cell).filter(({ file, title }) => !readFileSync(join(root, file), 'utf8').includes(title))
    expect(missing).toEqual([])
    // Each link to a test is followed by the name of one.
    expect(testsIn(cell)).toHaveLength(cell.split('.test.ts)').length - 1)
  })

  it('answers the whole OWASP list', () => {
    const risks = rows.map(([risk = '']) => /^MCP(\d\d) /.exec(risk)?.[1]).filter((one) => one !== undefined)
    expect(risks).toEqual(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'])
  })

  it('names every kind of attack', () => {
    const cited = rows.flatMap((row) => attacksIn(row.at(-1) ?? '')).map((name) => name.split('/', 1)[0])
    const kinds = new Set(names.map((name) => name.split('/', 1)[0]))
    expect([...kinds].filter((kind) => !cited.includes(kind))).toEqual([])
  })

  it('a citation of nothing is noticed', () => {
    expect([isAttack('token/alg-none'), isAttack('token/aud-*'), isAttack('token/no-such-*')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
