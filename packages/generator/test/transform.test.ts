import { join } from 'node:path'
import { createJiti } from 'jiti'
import { describe, expect, it } from 'vitest'
import { createTransform } from '../dist/analyse/transform-module.js'
import { temporaryProject } from './support/project.js'

const OPTIONS = { fsCache: false, moduleCache: false, interopDefault: false } as const

const ours = (directory: string) => createTransform(createJiti(directory, OPTIONS).transform)

/** What a module exports, as plain data: with our transform, and with jiti's own. */
async function bothWays(files: Readonly<Record<string, string>>): Promise<{ mine: unknown; jitis: unknown }> {
  const directory = temporaryProject(files)
  const load = async (transform?: ReturnType<typeof ours>) => {
    const jiti = createJiti(join(directory, 'x.js'), { ...OPTIONS, ...(transform && { transform }) })
    const exports = await jiti.import<Record<string, unknown>>(join(directory, 'main.ts'))
    return JSON.parse(JSON.stringify({ ...exports })) as unknown
  }
  return { mine: await load(ours(directory)), jitis: await load() }
}

const SHARED = `export interface Note { readonly id: string }
export const one = 1
export let changing = 1
export function change(): void { changing += 1 }
export default { name: 'shared' }
`

/** Whether our own transform is enough: jiti's would have written something else. */
async function isPlain(source: string): Promise<boolean> {
  const directory = temporaryProject()
  const options = { source, filename: join(directory, 'main.ts'), ts: true, async: true, interopDefault: false }
  return ours(directory)(options).code !== createJiti(directory, OPTIONS).transform(options)
}

const PLAIN = {
  'named and default imports': `import shared, { one as uno } from './shared.js'\nexport const found = [shared.name, uno]\n`,
  'a whole module': `import * as all from './shared.js'\nexport const found = Object.keys(all).sort()\n`,
  'a module for what it does': `import './shared.js'\nexport default 1\n`,
  'types that are imported like values': `import { Note, one } from './shared.js'\nexport const note: Note = { id: String(one) }\n`,
  'bindings that live': `import { change, changing } from './shared.js'\nchange()\nexport const found = changing\n`,
  're-exports of every kind': `export * from './shared.js'\nexport { one as two, default as three } from './shared.js'\n`,
  'names that are shadowed': `import { one } from './shared.js'\nexport const found = [1].map((one) => one + 1).concat(one)\n`,
  'a shorthand property of an import': `import { one } from './shared.js'\nexport default { one }\n`,
  'an enum': `export enum Kind { A = 'a', B = 'b' }\nexport default Kind.A\n`,
  'awaiting at the top': `import { one } from './shared.js'\nexport default await Promise.resolve(one)\n`,
  'classes with private fields': `class A { #x = 1; get x(): number { return this.#x } }\nexport default new A().x\n`,
  'parameter properties': `class A { constructor(readonly x: number) {} }\nexport default new A(1).x\n`,
  generics: `const same = <T,>(x: T): T => x\nexport default same<string>('a') satisfies string as string\n`,
  'comments before imports': `/* one */\n// two\nimport { one } from './shared.js' // three\nexport default one\n`,
  'a file without an extension': `import { one } from './shared'\nexport default one\n`,
  'text that looks like code': `export default 'import x from "y"; await jitiImport(1)'\n`,
}

const LEFT_TO_JITI = {
  'import.meta': `export default typeof import.meta.url\n`,
  'a dynamic import': `export default (await import('./shared.js')).one\n`,
  require: `import { createRequire } from 'node:module'\nexport const require = typeof createRequire\n`,
  'an import behind its use': `export const found = one\nimport { one } from './shared.js'\n`,
  'a namespace': `namespace A { export const x = 1 }\nexport default A.x\n`,
  'a word in a text': `export default 'what they require'\n`,
}

describe.concurrent('a module comes to the same, whoever transforms it', () => {
  it.each(Object.entries({ ...PLAIN, ...LEFT_TO_JITI }))('%s', async (_, source) => {
    const { mine, jitis } = await bothWays({ 'main.ts': source, 'shared.ts': SHARED })
    expect(mine).toEqual(jitis)
    expect(Object.keys(mine as object).length).toBeGreaterThan(0)
  })
})

describe.concurrent('jiti alone is asked', () => {
  it.each(Object.entries(PLAIN))('not for %s', async (_, source) => expect(await isPlain(source)).toBe(true))
  it.each(Object.entries(LEFT_TO_JITI))('for %s', async (_, source) => expect(await isPlain(source)).toBe(false))
})

it('what cannot be read is left to jiti, which says what is wrong', () => {
  const directory = temporaryProject()
  const options = { source: 'export default {\n', filename: join(directory, 'main.ts'), ts: true, async: true }
  expect(ours(directory)(options).code).toContain('__JITI_ERROR__')
})
