import { toJson } from './adapt-name.js'
import type { Choices } from './choices.js'
import type { Files } from './read-template.js'
import { replaceOnce } from './replace-once.js'

/** Starters have the embedded authorization server. This puts another in its place, in the source and in the tests. */
export function adaptAuth(files: Files, overlay: Files, { auth, issuer }: Choices): Files {
  if (auth === 'embedded') return files
  const adapted = new Map(files)
  adapted.set('mcp/server.ts', withOidc(files.get('mcp/server.ts') ?? '', issuer))
  adapted.set('package.json', withoutAuthServer(files.get('package.json') ?? ''))
  const section = overlay.get('authorization-server.md') ?? ''
  adapted.set(
    'README.md',
    replaceOnce(files.get('README.md') ?? '', /## Authorization server\n[\s\S]*?(?=## )/, section),
  )
  // The login goes through pages that only the embedded one is known to have.
  adapted.delete('test/login.test.ts')
  for (const [path, text] of overlay) if (path.startsWith('test/')) adapted.set(path, text)
  return adapted
}

function withOidc(text: string, issuer: string | undefined): string {
  const development = issuer === undefined ? '' : `, { development: '${issuer}' }`
  const imported = replaceOnce(text, 'import { defineServer, embedded, env }', 'import { defineServer, env, oidc }')
  return replaceOnce(
    imported,
    'auth: embedded(),',
    `auth: oidc({ issuer: env('MCP_AUTH_ISSUER'${development}), tokens: 'jwt' }),`,
  )
}

function withoutAuthServer(text: string): string {
  const project = JSON.parse(text) as Record<'scripts' | 'devDependencies', Record<string, string>>
  const { auth: _script, ...scripts } = project.scripts
  const { '@mcp-secure/auth-server': _server, ...devDependencies } = project.devDependencies
  return toJson({ ...project, scripts, devDependencies })
}
