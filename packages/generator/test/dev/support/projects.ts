import { SERVER, temporaryProject } from '../../support/project.js'

/** A tool that anybody may call and that answers with a text. */
export function says(text: string, before = ''): string {
  return `import { defineTool } from '@mcp-secure/spec'
${before}
export default defineTool({
  description: 'Says something',
  access: 'public',
  annotations: { readOnlyHint: true },
  run: () => ${JSON.stringify(text)},
})
`
}

export const MAIN = `import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'

await start(createServer)
`

export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    rootDir: '.',
    outDir: 'dist',
  },
  include: ['main.ts', 'mcp', 'generated'],
})

/** With an authorization server that runs elsewhere: a server that starts fast, and nobody logs in. */
export const ELSEWHERE = SERVER.replace('embedded()', `oidc({ issuer: 'https://login.example.com', tokens: 'jwt' })`)
  .replace('embedded,', 'oidc,')
  .replace('{ defineServer, oidc, env }', '{ defineServer, env, oidc }')

/** A small project with a public tool, and one that takes a scope. */
export function devProject(files: Readonly<Record<string, string>> = {}): string {
  return temporaryProject({
    'package.json': JSON.stringify({ name: 'notes', private: true, version: '1.0.0', type: 'module' }),
    'main.ts': MAIN,
    'mcp/server.ts': SERVER,
    'mcp/tools/greet.ts': says('hello'),
    'mcp/tools/write-note.ts': `import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Writes a note',
  scopes: ['notes:write'],
  run: (_input: unknown, { caller }) => \`written for \${caller.subject}\`,
})
`,
    ...files,
  })
}
