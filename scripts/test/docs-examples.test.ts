// What the documentation tells people to put into the configuration of their clients.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'

const folder = new URL('../../docs/examples/clients/', import.meta.url)
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  json: (text) => JSON.parse(text),
  toml: parseToml,
  yaml: (text) => parseYaml(text),
}

const notes = { type: 'http', url: 'http://localhost:3000/mcp' }

it.each([
  ['claude-code.json', { mcpServers: { notes } }],
  ['claude-desktop.json', { mcpServers: { notes: { command: 'npx', args: ['-y', 'mcp-remote', notes.url] } } }],
  ['codex.toml', { mcp_servers: { notes: { url: notes.url } } }],
  ['cursor.json', { mcpServers: { notes: { url: notes.url } } }],
  ['gemini-cli.json', { mcpServers: { notes } }],
  [
    'librechat.yaml',
    { mcpServers: { notes: { type: 'streamable-http', url: 'https://notes.example.com/mcp', requiresOAuth: true } } },
  ],
  ['vscode.json', { servers: { notes } }],
])('%s means what the client reads', (name, meaning) => {
  const parse = PARSERS[name.slice(name.lastIndexOf('.') + 1)]
  expect(parse?.(readFileSync(new URL(name, folder), 'utf8'))).toEqual(meaning)
})

it('there is none that is not looked at', () => {
  expect(readdirSync(folder)).toHaveLength(7)
})

it('gitattributes folds what is generated but for what a reviewer reads', () => {
  const place = mkdtempSync(join(tmpdir(), 'gitattributes-'))
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: place, encoding: 'utf8' })
    git('init', '--quiet')
    copyFileSync(new URL('../repository/gitattributes', folder), join(place, '.gitattributes'))
    const files = readdirSync(new URL('../../../examples/notes/generated', folder)).map((name) => `generated/${name}`)
    const shown = git('check-attr', 'linguist-generated', ...files)
      .split('\n')
      .filter((line) => line !== '' && !line.endsWith(': set'))
    expect(shown.map((line) => line.split(':', 1)[0])).toEqual(['generated/ACCESS.md', 'generated/policy.gen.ts'])
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})
