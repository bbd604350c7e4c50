import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { get, testDirectory } from './support/project.js'

const require = createRequire(import.meta.url)
const BIOME = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin', 'biome')
const STYLE = [
  '--indent-style=space',
  '--line-width=120',
  '--javascript-formatter-quote-style=single',
  '--semicolons=as-needed',
]

/** As Biome writes it, in the style of this repository. */
function formatted(text: string): string {
  const run = spawnSync(process.execPath, [BIOME, 'format', ...STYLE, '--stdin-file-path=formatted.ts'], {
    cwd: dirname(testDirectory),
    input: text,
    encoding: 'utf8',
  })
  expect(run.status, run.stderr).toBe(0)
  return run.stdout
}

it.each([
  'notes/generated/policy.gen.ts',
  'notes/generated/schemas.gen.ts',
  'notes/generated/server.gen.ts',
  'notes/generated/tools.gen.ts',
  'notes/generated/register.gen.ts',
  'notes/generated/authorization-server.gen.ts',
  'notes/generated/access.gen.test.ts',
  'notes/generated/client.gen.ts',
  'oidc/generated/access.gen.test.ts',
  'offers/generated/access.gen.test.ts',
  'bare/generated/client.gen.ts',
  'oidc/generated/policy.gen.ts',
  'shapes/generated/schemas.gen.ts',
  'bare/generated/policy.gen.ts',
  'offers/generated/policy.gen.ts',
  'offers/generated/prompts.gen.ts',
  'offers/generated/resources.gen.ts',
  'offers/generated/schemas.gen.ts',
  'offers/generated/server.gen.ts',
])('%s is formatted as a formatter would', (path) => {
  const text = get(join(testDirectory, 'golden'), path).replace(/\r\n/g, '\n')
  expect(formatted(text)).toBe(text)
})
