import { whyNotPublic } from '../address.js'
import type { Client, ConnectedServer } from '../client.js'
import { yamlKey } from '../file-step.js'

/** https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers and …/mcp_settings */
export const libreChat: Client = {
  id: 'librechat',
  name: 'LibreChat',
  summary: 'librechat.yaml of the one who runs it',
  hosted: false,
  steps: (server) => [
    {
      kind: 'file',
      path: 'librechat.yaml',
      language: 'yaml',
      text: `${privateAddress(server.resource)}${serverEntry(server)}`,
    },
    {
      kind: 'text',
      text: 'Restart LibreChat. In a container, localhost is the container: give the server an address that it reaches.',
    },
  ],
}

/** YAML reads a string of JSON as itself. */
function serverEntry({ name, resource }: ConnectedServer): string {
  return `mcpServers:\n  ${yamlKey(name)}:\n    type: streamable-http\n    url: ${JSON.stringify(resource)}\n`
}

/** It connects to private addresses only where it is told to, with their ports. */
function privateAddress(resource: string): string {
  if (whyNotPublic(resource) === null) return ''
  const { hostname, port, protocol } = new URL(resource)
  const address = `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`
  return `mcpSettings:\n  allowedAddresses:\n    - ${JSON.stringify(address)}\n`
}
