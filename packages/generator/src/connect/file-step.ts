import type { ConnectedServer, ProjectFile } from './client.js'
import type { ClientStep } from './client-snippet.js'

/** What a project's file of a client holds when the server is alone in it. */
export function fileStep(file: ProjectFile, server: ConnectedServer): ClientStep {
  const { path, language } = file
  if (file.language === 'toml') return { kind: 'file', path, language, text: tomlEntry(server) }
  return jsonStep(path, { [file.property]: { [server.name]: file.entry(server.resource) } })
}

export function jsonStep(path: string, content: object): ClientStep {
  return { kind: 'file', path, language: 'json', text: `${JSON.stringify(content, null, 2)}\n` }
}

/** A basic string of TOML allows the escapes of JSON; a name is a bare key as it is. */
export function tomlEntry({ name, resource }: ConnectedServer): string {
  return `[mcp_servers.${name}]\nurl = ${JSON.stringify(resource)}\n`
}

/** A name as a key of YAML, which reads `on` and `123` as something else than text. */
export function yamlKey(name: string): string {
  return /^(?:\d.*|true|false|null|yes|no|on|off|[yn])$/i.test(name) ? JSON.stringify(name) : name
}
