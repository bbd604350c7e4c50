// What the documentation tells people to put into the configuration of their clients.
import { readdirSync, readFileSync } from 'node:fs'
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
  ['claude-desktop.json', { mcpServers: { notes: { command: 'npx', args: ['mcp-remote', notes.url] } } }],
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
