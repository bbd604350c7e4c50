import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const testDirectory: string = fileURLToPath(new URL('..', import.meta.url))

const made: string[] = []

/** Removes every folder that was made since. */
export function removeProjects(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
}

/** A folder of its own inside the workspace, where `zod` and `@mcp-secure/spec` resolve. */
export function temporaryProject(files: Readonly<Record<string, string>> = {}): string {
  const parent = join(testDirectory, '.tmp')
  mkdirSync(parent, { recursive: true })
  const directory = mkdtempSync(join(parent, 'project-'))
  made.push(directory)
  for (const [path, text] of Object.entries(files)) put(directory, path, text)
  return directory
}

export function copyOf(source: string): string {
  const directory = temporaryProject()
  cpSync(source, directory, { recursive: true })
  return directory
}

export function put(directory: string, path: string, text: string): void {
  const file = join(directory, ...path.split('/'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

export function get(directory: string, path: string): string {
  return readFileSync(join(directory, ...path.split('/')), 'utf8')
}

/** Every file below a folder, as sorted paths with `/`. */
export function filesIn(directory: string): readonly string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort()
}

/** Every folder below this one that holds a file of that name, relative to it, with `/`. */
export function foldersWith(directory: string, name: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split(sep).at(-1) === name)
    .map((path) =>
      relative(directory, dirname(join(directory, path)))
        .split(sep)
        .join('/'),
    )
    .sort()
}

export const SERVER = `import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})
`

/** A tool's source, from the properties of its object. */
export function tool(properties: string, before = ''): string {
  return `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
${before}
export default defineTool({
  description: 'A tool',
  run: () => 'done',
  ${properties}
})
void z
`
}
