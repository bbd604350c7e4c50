// A project of any number of tools, such as people write: five kinds of them, services, shared schemas.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Inside the repository, where the packages that the tools import are found. */
const PARENT = fileURLToPath(new URL('.tmp/', import.meta.url))

/** Writes a project and returns its folder, which the caller removes. */
export function writeProject(tools) {
  mkdirSync(PARENT, { recursive: true })
  const directory = mkdtempSync(join(PARENT, `tools-${tools}-`))
  for (const [path, text] of Object.entries(FILES)) put(directory, path, text)
  for (let number = 0; number < tools; number++) {
    put(directory, toolFile(number), KINDS[number % KINDS.length](number))
  }
  return directory
}

export function toolFile(number) {
  return `mcp/tools/group-${String(Math.floor(number / 25)).padStart(2, '0')}/tool-${String(number).padStart(4, '0')}.ts`
}

function put(directory, path, text) {
  const file = join(directory, ...path.split('/'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const imports = `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
import { owner, page, pageOf } from '../../../shared/schemas.js'
`

const KINDS = [
  (number) => `${imports}
const item = z.object({ id: z.uuid(), title: z.string(), owner, createdAt: z.iso.datetime() })

export default defineTool({
  title: 'List things ${number}',
  description: 'List the things of kind ${number} that belong to you, newest first',
  scopes: ['things:read'],
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({ page: page.optional(), query: z.string().max(200).optional().describe('Words in the title') }),
  output: pageOf(item),
  async run({ page, query }, { caller, services }) {
    const rows = await services.store.list(caller.subject, ${number}, page?.limit ?? 20, query)
    return { items: rows.map(({ id, title, createdAt }) => ({ id, title, owner: { id: caller.subject }, createdAt })) }
  },
})
`,
  (number) => `${imports}
export default defineTool({
  title: 'Read thing ${number}',
  description: 'Read one thing of kind ${number} in full',
  scopes: ['things:read'],
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({ id: z.uuid().describe('The id of the thing, as the list gives it') }),
  output: z.object({ id: z.uuid(), title: z.string(), owner, body: z.string(), tags: z.array(z.string()) }),
  async run({ id }, { caller, services }) {
    const row = await services.store.read(caller.subject, ${number}, id)
    return { ...row, owner: { id: caller.subject }, tags: [...row.tags] }
  },
})
`,
  (number) => `${imports}
export default defineTool({
  title: 'Create thing ${number}',
  description: 'Create a thing of kind ${number}',
  scopes: ['things:write'],
  annotations: { destructiveHint: false, openWorldHint: false },
  input: z.object({
    title: z.string().trim().min(1).max(120),
    body: z.string().max(10_000),
    tags: z.array(z.string().min(1).max(40)).max(10).default([]),
    priority: z.enum(['low', 'normal', 'high']).default('normal'),
    due: z.iso.date().nullable().optional(),
  }),
  output: z.object({ id: z.uuid() }),
  async run({ title, body, tags, priority }, { caller, services }) {
    return { id: await services.store.create(caller.subject, ${number}, { title, body, tags: [priority, ...tags] }) }
  },
})
`,
  (number) => `${imports}
const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), title: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('retag'), add: z.array(z.string()).max(10), remove: z.array(z.string()).max(10) }),
  z.object({ kind: z.literal('move'), before: z.uuid().nullable() }),
])

export default defineTool({
  title: 'Change thing ${number}',
  description: 'Change one thing of kind ${number}, in one way or in several',
  scopes: ['things:write'],
  annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: z.object({ id: z.uuid(), changes: z.array(change).min(1).max(20) }),
  output: z.object({ changed: z.boolean(), page: page.optional() }),
  async run({ id, changes }, { caller, services }) {
    const titles = changes.flatMap((one) => (one.kind === 'rename' ? [one.title] : []))
    return { changed: await services.store.change(caller.subject, ${number}, id, titles) }
  },
})
`,
  (number) => `${imports}
export default defineTool({
  title: 'Purge things ${number}',
  description: 'Delete every thing of kind ${number} that is older than a day',
  scopes: ['things:write', 'things:admin'],
  annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: z.object({ before: z.iso.date(), keep: z.int().min(0).max(1000).default(0), owner: owner.optional() }),
  async run({ before, keep }, { caller, services }) {
    const count = await services.store.purge(caller.subject, ${number}, before, keep)
    return \`Deleted \${count} things from before \${before}.\`
  },
})
`,
]

const FILES = {
  'package.json': `${JSON.stringify({ name: 'many-tools', private: true, version: '1.0.0', type: 'module' }, null, 2)}\n`,
  'tsconfig.json': `${JSON.stringify(
    {
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023'],
        module: 'nodenext',
        types: ['node'],
        strict: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
        rootDir: '.',
        outDir: 'dist',
      },
      include: ['main.ts', 'mcp', 'shared', 'generated'],
    },
    null,
    2,
  )}\n`,
  'main.ts': `import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'

await start(createServer)
`,
  'mcp/server.ts': `import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'many-tools',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'things:read': { description: 'Read your things', baseline: true },
    'things:write': { description: 'Create and change your things', implies: ['things:read'] },
    'things:admin': { description: 'Delete many things at once' },
  },
  auth: embedded(),
})
`,
  'mcp/services.ts': `import { defineServices } from '@mcp-secure/spec'
import { Store } from '../shared/store.js'

export default defineServices({
  open: () => ({ store: new Store() }),
})
`,
  'shared/schemas.ts': `import { z } from 'zod'

export const owner = z.object({ id: z.string(), name: z.string().optional() })

export const page = z.object({ cursor: z.string().optional(), limit: z.int().min(1).max(100) })

export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().optional() })
`,
  'shared/store.ts': `import { randomUUID } from 'node:crypto'

export interface Thing {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly tags: readonly string[]
  readonly createdAt: string
}

export class Store {
  async list(_owner: string, _kind: number, _limit: number, _query: string | undefined): Promise<Thing[]> {
    return []
  }

  async read(_owner: string, _kind: number, id: string): Promise<Thing> {
    return { id, title: '', body: '', tags: [], createdAt: new Date(0).toISOString() }
  }

  async create(_owner: string, _kind: number, _thing: { title: string; body: string; tags: string[] }): Promise<string> {
    return randomUUID()
  }

  async change(_owner: string, _kind: number, _id: string, _titles: readonly string[]): Promise<boolean> {
    return true
  }

  async purge(_owner: string, _kind: number, _before: string, _keep: number): Promise<number> {
    return 0
  }
}
`,
}
