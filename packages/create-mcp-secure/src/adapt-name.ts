import type { Choices } from './choices.js'
import type { Files } from './read-template.js'
import { replaceOnce } from './replace-once.js'

/** The starter's own name stands in five places; they get the project's. */
export function adaptName(files: Files, { name, template }: Choices, version: string): Files {
  // `@acme/notes` is `notes` to clients.
  const server = name.split('/').at(-1) ?? name
  const edit = (path: string, change: (text: string) => string): [string, string] => [
    path,
    change(files.get(path) ?? ''),
  ]
  return new Map([
    ...files,
    edit('package.json', (text) => adaptPackage(text, name, version)),
    edit('mcp/server.ts', (text) => replaceOnce(text, `name: '${template}'`, `name: '${server}'`)),
    edit('README.md', (text) => IN_README.reduce((edited, at) => replaceOnce(edited, at(template), at(server)), text)),
  ])
}

const IN_README: readonly ((name: string) => string)[] = [
  (name) => `# ${name}\n`,
  (name) => `claude mcp add --transport http ${name} `,
  (name) => `claude mcp add ${name} --env `,
]

function adaptPackage(text: string, name: string, version: string): string {
  const project = JSON.parse(text) as Record<string, unknown>
  return toJson({
    ...project,
    name,
    dependencies: withVersion(project.dependencies, version),
    devDependencies: withVersion(project.devDependencies, version),
  })
}

/** Our packages are released together, this one among them. */
function withVersion(dependencies: unknown, version: string): Record<string, string> {
  const entries = Object.entries(dependencies as Record<string, string>)
  return Object.fromEntries(entries.map(([name, wanted]) => [name, OURS.test(name) ? version : wanted]))
}

const OURS = /^(?:@mcp-secure\/|mcp-gen$)/

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
