import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codes } from '../dist/diagnostics/explain.js'
import { isDefinitionFile } from '../dist/load/layout.js'
import { filesIn, get, testDirectory } from './support/project.js'

const REPOSITORY = join(testDirectory, '..', '..', '..')

/** Every project below a folder, one level down or two. */
function projectsIn(...path: readonly string[]): readonly string[] {
  const parent = join(REPOSITORY, ...path)
  return readdirSync(parent).flatMap((name) => {
    if (existsSync(join(parent, name, 'mcp'))) return [join(parent, name)]
    if (!existsSync(join(parent, name)) || filesIn(join(parent, name)).length === 0) return []
    return readdirSync(join(parent, name))
      .map((inner) => join(parent, name, inner))
      .filter((project) => existsSync(join(project, 'mcp')))
  })
}

const definitionsIn = (project: string): readonly string[] =>
  filesIn(join(project, 'mcp'))
    .filter((path) => /^(?:tools|resources|prompts)\//.test(path) && isDefinitionFile(path.split('/').at(-1) ?? ''))
    .map((path) => `mcp/${path}`)

/** The files that the errors of a fixture point at. */
function refusedIn(project: string): ReadonlySet<string> {
  const lines = get(project, 'expected.txt').split('\n')
  return new Set(lines.flatMap((line) => /^(.+?):\d+:\d+\+\d+ - error /.exec(line)?.[1] ?? []))
}

/** Folders that hold no tests of ours, and those that other tests make and remove meanwhile. */
const NOT_OURS = /^(?:\.|node_modules$|fixtures$|golden$)/

function testsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.test(entry.name) ? [] : testsBelow(path)
    return entry.name.endsWith('.test.ts') ? [path] : []
  })
}

/** How often the properties of the tests are tried: what each says, or what fast-check does without being told. */
function propertyRuns(): { readonly properties: number; readonly runs: number } {
  const tests = ['packages', 'examples', 'scripts'].flatMap((folder) =>
    testsBelow(join(REPOSITORY, folder)).map((path) => readFileSync(path, 'utf8')),
  )
  const asserts = tests.flatMap((text) => text.split(/\bfc\.assert\(/).slice(1))
  const runs = asserts.map((text) => Number((/\bnumRuns: ([\d_]+)/.exec(text)?.[1] ?? '100').replaceAll('_', '')))
  return { properties: asserts.length, runs: runs.reduce((sum, count) => sum + count, 0) }
}

it('more is refused than accepted, and what there is of both is counted', () => {
  const fixtures = projectsIn('packages', 'generator', 'test', 'fixtures')
  const rejected = fixtures.filter((project) => refusedIn(project).size > 0)
  const accepted = [...projectsIn('packages', 'generator', 'test', 'golden'), ...projectsIn('examples')]
  const refusedFiles = rejected.flatMap((project) => [...refusedIn(project)])
  const fine = fixtures.flatMap((project) => definitionsIn(project).filter((path) => !refusedIn(project).has(path)))
  const acceptedFiles = [...accepted.flatMap(definitionsIn), ...fine]
  const source = join(testDirectory, '..', 'src', 'check')
  const rules = filesIn(source).filter((file) => get(source, file).includes(': Rule ='))
  const { properties, runs } = propertyRuns()
  console.log(
    [
      `${rules.length} rules, ${codes.length} codes of findings`,
      `${rejected.length} projects are refused, ${accepted.length} accepted`,
      `${refusedFiles.length} files are refused, ${acceptedFiles.length} accepted`,
      `${properties} properties are tried ${runs} times`,
    ].join('\n'),
  )
  expect(rejected.length).toBeGreaterThan(accepted.length)
  expect(refusedFiles.length).toBeGreaterThanOrEqual(acceptedFiles.length)
  expect(codes.length).toBeGreaterThanOrEqual(40)
  expect(runs).toBeGreaterThan(1_000)
})
