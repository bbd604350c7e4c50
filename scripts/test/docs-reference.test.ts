// The reference of the spec leaves nothing out that can be declared.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as spec from '../../packages/spec/dist/index.js'

const folder = new URL('../../packages/spec/src/', import.meta.url)
const reference = readFileSync(new URL('../../docs/spec.md', import.meta.url), 'utf8')

/** What is written by somebody who writes a spec or a handler; the other types follow from it. */
const WRITTEN = /^export interface (?!Register|StandardSchema|EmbeddedAuth|OidcAuth)(\w+)[^{]*\{([\s\S]*?)^\}/gm

const fields = readdirSync(folder).flatMap((file) =>
  [...readFileSync(new URL(file, folder), 'utf8').matchAll(WRITTEN)].flatMap(([, type, body = '']) =>
    // Two spaces: a member of the interface, and not of a comment or of what it holds.
    [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, field]) => ({ type, field })),
  ),
)

it.each(Object.keys(spec))('names %s', (name) => expect(mentions(name)).toBe(true))

it.each(fields)('names $field of $type', ({ field = '' }) => expect(mentions(field)).toBe(true))

it('looks at the fields, and would miss one', () => {
  expect(fields.map(({ type, field }) => `${type}.${field}`)).toEqual(
    expect.arrayContaining([
      'ServerSpec.resource',
      'ToolSpec.run',
      'OidcOptions.typ',
      'Caller.claims',
      'ServicesSpec.close',
    ]),
  )
  expect(mentions('resourc')).toBe(false)
})

/** Whether it stands in code, alone or at the beginning. */
function mentions(name: string): boolean {
  return new RegExp(`\`(?:[^\`\\n]*[^\\w\`])?${name}(?!\\w)[^\`\\n]*\``).test(reference)
}

const runtime = new URL('../../packages/runtime/src/', import.meta.url)
const deployment = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8')

/** The members of a union of strings in the runtime. */
function membersOf(file: string, type: string): string[] {
  const source = readFileSync(new URL(file, runtime), 'utf8')
  const [, union = ''] = new RegExp(`export type ${type} =\\n((?:  \\| '[a-z-]+'\\n)+)`).exec(source) ?? []
  return [...union.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name ?? '')
}

it('says of every fault of a token what it means, and of nothing that is none', () => {
  const faults = membersOf('token/token-fault.ts', 'TokenFault')
  expect(faults).toContain('audience-shared')
  const [, table = ''] = /\n\| `fault` \|[^\n]*\n[^\n]*\n((?:\|[^\n]*\n)+)/.exec(deployment) ?? []
  expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)).toEqual(faults)
})

it('names every outcome of the audit record', () => {
  const outcomes = membersOf('guard/audit.ts', 'Outcome')
  expect(outcomes).toContain('answered')
  const [row = ''] = /^\| `outcome` \|.*$/m.exec(deployment) ?? []
  expect(outcomes.filter((outcome) => !row.includes(`\`${outcome}\``))).toEqual([])
})
