import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCommands, commandsOf, optionsOf, type Programs } from './docs/check-commands.js'
import { checkLinks } from './docs/check-links.js'
import { checkSnippets } from './docs/check-snippets.js'
import { compareVariables, variablesIn, variablesOfTables } from './docs/environment.js'
import { findOrphans } from './docs/find-orphans.js'
import { type Block, type Page, readPage } from './docs/page.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Their snippets are cures: parts of a spec, or a whole one. They are compiled instead. */
const DIAGNOSTICS = 'docs/diagnostics/'

const names = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesIn('docs').filter((name) => name.endsWith('.md') && !name.startsWith('docs/examples/')),
  ...folders('packages').flatMap((folder) => optional(`packages/${folder}/README.md`)),
]
const pages: readonly Page[] = names.map((name) => readPage(name, read(name) ?? ''))

describe('the documentation', () => {
  it.each(pages.filter(({ name }) => !name.startsWith(DIAGNOSTICS)))(
    'shows in $name only what stands in files that are compiled, run or compared',
    (page) => expect(checkSnippets(page, read)).toEqual([]),
  )

  it('shows in the pages of diagnostics only cures that compile', async () => {
    const cures = pages
      .filter(({ name }) => name.startsWith(DIAGNOSTICS))
      .flatMap(({ name, blocks }) => blocks.map((block) => ({ page: name, ...block })))
      .filter(({ language }) => language === 'ts')
    expect(cures.length).toBeGreaterThan(0)
    expect(await compileCures(cures)).toBe('')
  })

  it.each(pages)('has no link in $name that leads nowhere', (page) => {
    const anchors = new Map(pages.map((other) => [other.name, other.anchors]))
    const places = {
      exists: (path: string) => existsSync(join(root, path)),
      anchors: (path: string) => anchors.get(path),
    }
    expect(checkLinks(page, places)).toEqual([])
  })

  it('has no page that its table of contents does not lead to', () => {
    const ours = pages.filter(({ name }) => name.startsWith('docs/'))
    expect(findOrphans(ours, 'docs/README.md')).toEqual([])
  })

  it('has no sample that no page shows', () => {
    const shown = new Set(pages.flatMap(({ blocks }) => blocks.map(({ file }) => file)))
    expect(filesIn('docs/examples').filter((name) => !shown.has(name))).toEqual([])
  })

  it('lists every environment variable that is read, and no other', () => {
    const documented = pages
      .filter(({ name }) => name === 'docs/deployment.md' || name === 'docs/commands.md')
      .flatMap(({ firstCells }) => firstCells)
    const variables = new Set(sources().flatMap((name) => variablesIn(read(name) ?? '')))
    expect(compareVariables(variables, variablesOfTables(documented))).toEqual([])
  })
})

describe('the commands of the documentation', () => {
  let programs: Programs

  beforeAll(async () => {
    programs = await findPrograms()
  })

  it.each(pages.filter(({ blocks }) => blocks.some(isShell)))('exist, those in $name', ({ blocks }) => {
    const problems = blocks.filter(isShell).flatMap(({ text }) => checkCommands(text, programs))
    expect(problems).toEqual([])
  })
})

function isShell({ language, file }: Block): boolean {
  return language === 'sh' && file === undefined
}

/** What can be typed, by the package.json files, and by what mcp-gen says of itself. */
async function findPrograms(): Promise<Programs> {
  const manifests = ['.', ...['packages', 'examples', 'templates/project'].flatMap(projectsIn)]
    .flatMap((folder) => optional(`${folder}/package.json`))
    .map((name) => JSON.parse(read(name) ?? '') as Manifest)
  const outer = await helpsOf(commandsOf(await help()))
  const inner = await helpsOf(outer.flatMap(([, text]) => commandsOf(text)))
  return {
    scripts: new Set(manifests.flatMap(({ scripts = {} }) => Object.keys(scripts))),
    bins: new Set(manifests.flatMap(({ name, bin = {} }) => (typeof bin === 'string' ? [name] : Object.keys(bin)))),
    generator: new Map([...outer, ...inner].map(([name, text]) => [name, optionsOf(text)])),
  }
}

interface Manifest {
  readonly name: string
  readonly scripts?: object
  readonly bin?: object | string
}

function projectsIn(folder: string): string[] {
  return folders(folder).map((name) => `${folder}/${name}`)
}

function helpsOf(names: readonly string[]): Promise<(readonly [name: string, text: string])[]> {
  return Promise.all(names.map(async (name) => [name, await help(...name.split(' '))] as const))
}

async function help(...command: string[]): Promise<string> {
  const program = join(root, 'packages', 'generator', 'bin', 'mcp-gen.js')
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...command, '--help'])
  return stdout
}

/** The code that runs at a user's: of every package but those for tests and for mcp-gen's own messages, and of the examples. */
function sources(): string[] {
  return [...filesIn('packages'), ...filesIn('examples')].filter(
    (name) =>
      /^packages\/(?!testing\/)[^/]+\/src\/.+\.ts$|^examples\/[^/]+\/(?!test\/|dist\/).+\.ts$/.test(name) &&
      // Its texts quote specs.
      name !== 'packages/generator/src/diagnostics/catalogue.ts',
  )
}

function read(name: string): string | undefined {
  const path = join(root, name)
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined
}

function optional(name: string): string[] {
  return read(name) === undefined ? [] : [name]
}

function folders(name: string): string[] {
  return existsSync(join(root, name)) ? readdirSync(join(root, name)) : []
}

/** Every file below a folder that is not installed or built. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return entry.isFile() ? [name] : []
    return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesIn(name)
  })
}

/** What the compiler says of the cures, each completed to a module of a project. */
async function compileCures(cures: readonly (Block & { readonly page: string })[]): Promise<string> {
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
    /^(?:scopes: \[|access:|annotations:|icons:|_meta:|(?:async )?run|input:|output:|description:)/,
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
