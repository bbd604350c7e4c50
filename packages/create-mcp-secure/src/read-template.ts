import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Text by path; paths have slashes on every platform. */
export type Files = ReadonlyMap<string, string>

/** Beside this package when it is installed, at the top of the repository when it is developed. */
const PLACES = [new URL('../templates/', import.meta.url), new URL('../../../templates/project/', import.meta.url)]

/** What running a starter leaves in it. */
const LEFT_BEHIND = new Set([
  'node_modules',
  'dist',
  'generated',
  'access.lock.json',
  '.data',
  '.mcp-secure',
  '.env',
  '.env.production',
])

/** The folder that the starters are read from. */
export function templatesDirectory(): string {
  const found = PLACES.find((place) => existsSync(new URL('minimal/package.json', place)))
  if (found === undefined) throw new Error('the starters of create-mcp-secure are missing from its installation')
  return fileURLToPath(found)
}

/** The files of one folder of starters, under the names that they have in a project. */
export async function readTemplate(folder: string): Promise<Files> {
  const root = join(templatesDirectory(), folder)
  const paths = (await filesIn(root)).sort()
  const texts = await Promise.all(paths.map(async (path) => (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')))
  return new Map(paths.map((path, index) => [nameInProject(relative(root, path)), texts[index] ?? '']))
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries
    .filter(({ name }) => !LEFT_BEHIND.has(name))
    .map((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })
  return (await Promise.all(found)).flat()
}

/** npm packs no `.gitignore`, so it has another name until it is in a project. */
function nameInProject(path: string): string {
  return path
    .split(sep)
    .join('/')
    .replace(/^_gitignore$/, '.gitignore')
}
