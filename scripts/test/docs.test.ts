import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((name) => ({
  name: name.replaceAll('\\', '/'),
  text: readFileSync(join(root, name), 'utf8').replaceAll('\r', ''),
}))

/** Languages whose snippets must be part of a file that is compiled or run. */
const SOURCE = /^(ts|js|json)$/

/** Their snippets are cures: parts of a spec, or a whole one. They are compiled instead. */
const DIAGNOSTICS = 'docs/diagnostics/'

interface Snippet {
  readonly page: string
  readonly language: string
  readonly file: string | undefined
  readonly text: string
}

const snippets: Snippet[] = pages.flatMap(({ name, text }) =>
  [...text.matchAll(/(?:<!-- file: (\S+) -->\n)?```(\w+)\n([\s\S]*?)```/g)].map((match) => ({
    page: name,
    file: match[1],
    language: match[2] ?? '',
    text: match[3] ?? '',
  })),
)

describe('the documentation', () => {
  it.each(snippets.filter(({ language, page }) => SOURCE.test(language) && !page.startsWith(DIAGNOSTICS)))(
    'shows in $page only source that stands in $file',
    ({ file, text }) => {
      expect(file, 'name the file that the snippet is from: <!-- file: … -->').toBeDefined()
      expect(readFileSync(join(root, file ?? ''), 'utf8').replaceAll('\r', '')).toContain(text)
    },
  )

  it('shows in the pages of diagnostics only cures that compile', async () => {
    const cures = snippets.filter(({ language, page }) => language === 'ts' && page.startsWith(DIAGNOSTICS))
    expect(cures.length).toBeGreaterThan(0)
    expect(await compileCures(cures)).toBe('')
  })

  it.each(pages)('has no link in $name that leads nowhere', ({ name, text }) => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g)].map((match) => match[1] ?? '')
    for (const link of links.filter((link) => !/^[a-z]+:/.test(link))) {
      const target = resolve(root, dirname(name), link)
      expect(() => readdirOrFile(target), `${name} links to ${relative(root, target)}`).not.toThrow()
    }
  })
})

/** What the compiler says of the cures, each completed to a module of a project. */
async function compileCures(cures: readonly Snippet[]): Promise<string> {
  const folder = join(root, '.cures')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  try {
    writeFileSync(join(folder, 'project.ts'), readFileSync(join(root, 'packages', 'spec', 'types', 'project.ts')))
    for (const { page, text } of cures) {
      writeFileSync(join(folder, page.slice(DIAGNOSTICS.length).replace('.md', '.ts')), complete(text))
    }
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    return await new Promise((done) => {
      execFile(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], (_error, output) => done(output))
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a cure is a part of, by what it starts with. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:scopes: \[|access:|annotations:|(?:async )?run|input:|output:|description:)/,
    'Partial<Parameters<typeof defineTool>[0]>',
  ],
  [/^introspection:/, 'Partial<Parameters<typeof oidc>[0]>'],
  [/^'/, `Parameters<typeof defineServer>[0]['scopes']`],
  [/^/, 'Partial<Parameters<typeof defineServer>[0]>'],
]

function complete(text: string): string {
  if (text.startsWith('import ')) return text
  const type = PARTS.find(([start]) => start.test(text))?.[1]
  const imports = `import { type defineServer, type defineTool, env, oidc } from '@mcp-secure/spec'\nimport './project.js'\n`
  return `${imports}export const part: ${type} = {\n${text}}\nexport const used = [env, oidc]\n`
}

function readdirOrFile(path: string): void {
  try {
    readFileSync(path)
  } catch {
    readdirSync(path)
  }
}
