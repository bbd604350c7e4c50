// The same fifty tools twice: as a project of mcp-gen, and as a server written by hand.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const TOOLS = 50
/** The tool that is edited. */
export const EDITED = 'tool-25'
export const EDITED_NAME = 'tool_25'

/** Writes a project that `mcp-gen dev` runs; nothing in it is special but its size. */
export function writeProject(directory) {
  put(directory, 'package.json', JSON.stringify({ name: 'fifty', private: true, version: '1.0.0', type: 'module' }))
  put(directory, 'tsconfig.json', TSCONFIG)
  put(
    directory,
    'main.ts',
    `import { start } from '@mcp-secure/runtime'\nimport { createServer } from './generated/server.gen.js'\n\nawait start(createServer)\n`,
  )
  put(directory, 'mcp/server.ts', SERVER)
  for (const name of names()) put(directory, toolFile(name), toolText(name, 'first'))
}

export function toolFile(name) {
  return `mcp/tools/${name}.ts`
}

/** One tool; `text` is what its handler answers. */
export function toolText(name, text) {
  return `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Tool ${name} of fifty',
  scopes: ['fifty:use'],
  annotations: { readOnlyHint: true },
  input: z.object({ ${FIELDS} }),
  output: z.object({ text: z.string().describe('What came of it') }),
  run({ query }) {
    return { text: \`${text} \${query}\` }
  },
})
`
}

/** The server as somebody writes it with the official SDK, Fastify and Zod, without any login. */
export function writeHandWritten(directory) {
  put(
    directory,
    'package.json',
    JSON.stringify({ name: 'fifty-by-hand', private: true, version: '1.0.0', type: 'module' }),
  )
  put(directory, 'tsconfig.json', TSCONFIG)
  for (const name of names()) put(directory, `tools/${name}.ts`, handWrittenTool(name, 'first'))
  put(directory, 'main.ts', HAND_WRITTEN)
}

export function handWrittenTool(name, text) {
  return `import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

export function register(server: McpServer): void {
  server.registerTool(
    '${name.replaceAll('-', '_')}',
    {
      description: 'Tool ${name} of fifty',
      annotations: { readOnlyHint: true },
      inputSchema: z.object({ ${FIELDS} }),
      outputSchema: z.object({ text: z.string().describe('What came of it') }),
    },
    async ({ query }) => {
      const structuredContent = { text: \`${text} \${query}\` }
      return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent }
    },
  )
}
`
}

function names() {
  return Array.from({ length: TOOLS }, (_, index) => `tool-${index}`)
}

function put(directory, path, text) {
  const file = join(directory, ...path.split('/'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const FIELDS = `
    query: z.string().min(1).max(200).describe('What to look for'),
    limit: z.int().min(1).max(100).optional().describe('How many at most'),
    kind: z.enum(['note', 'task', 'event']).optional(),
    tags: z.array(z.string().max(40)).max(10).optional(),
  `

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    rootDir: '.',
    outDir: 'dist',
  },
  include: ['**/*.ts'],
})

const SERVER = `import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'fifty',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: { 'fifty:use': { description: 'Use the fifty tools', baseline: true } },
  auth: embedded(),
})
`

const HAND_WRITTEN = `import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import fastify from 'fastify'
${names()
  .map((name, index) => `import { register as register${index} } from './tools/${name}.js'`)
  .join('\n')}

function createServer(): McpServer {
  const server = new McpServer({ name: 'fifty', version: '1.0.0' })
${names()
  .map((_, index) => `  register${index}(server)`)
  .join('\n')}
  return server
}

const app = fastify()
const handler = createMcpHandler(createServer, { legacy: 'stateless' })
app.post('/mcp', async (request, reply) => {
  const body = JSON.stringify(request.body)
  const headers = new Headers(request.headers as Record<string, string>)
  const url = \`http://localhost:\${process.env.PORT}/mcp\`
  const answer = await handler.fetch(new Request(url, { method: 'POST', headers, body }), { parsedBody: request.body })
  for (const [name, value] of answer.headers) reply.header(name, value)
  return reply.code(answer.status).send(await answer.text())
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
`
