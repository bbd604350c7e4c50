import type { Client, ProjectFile } from '../client.js'
import { fileStep } from '../file-step.js'

const entry = (resource: string) => ({ url: resource })
const projectFile: ProjectFile = { language: 'json', path: '.cursor/mcp.json', property: 'mcpServers', entry }

/** https://cursor.com/docs/mcp and https://cursor.com/docs/mcp/install-links */
export const cursor: Client = {
  id: 'cursor',
  name: 'Cursor',
  summary: 'a button, or .cursor/mcp.json',
  hosted: false,
  projectFile,
  steps: (server) => {
    const config = Buffer.from(JSON.stringify(entry(server.resource))).toString('base64')
    const query = new URLSearchParams({ name: server.name, config })
    return [
      { kind: 'link', label: 'Install in Cursor', href: `cursor://anysphere.cursor-deeplink/mcp/install?${query}` },
      { kind: 'text', text: 'Or for the project:' },
      fileStep(projectFile, server),
      { kind: 'text', text: 'Then Settings → MCP → Connect, and log in.' },
    ]
  },
}
