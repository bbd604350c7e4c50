import type { Client, ProjectFile } from '../client.js'
import { fileStep } from '../file-step.js'
import { shellJson } from '../shell-word.js'

const projectFile: ProjectFile = {
  language: 'json',
  path: '.vscode/mcp.json',
  property: 'servers',
  entry: (resource) => ({ type: 'http', url: resource }),
}

/** https://code.visualstudio.com/docs/copilot/customization/mcp-servers, and its developer guide for the link. */
export const vsCode: Client = {
  id: 'vscode',
  name: 'VS Code',
  summary: 'a button, a command, or .vscode/mcp.json',
  hosted: false,
  projectFile,
  steps: (server) => {
    const entry = { name: server.name, type: 'http', url: server.resource }
    return [
      {
        kind: 'link',
        label: 'Install in VS Code',
        href: `vscode:mcp/install?${encodeURIComponent(JSON.stringify(entry))}`,
      },
      { kind: 'text', text: 'Or on the command line:' },
      { kind: 'command', text: `code --add-mcp ${shellJson(entry)}` },
      { kind: 'text', text: 'Or for everybody who works in the project:' },
      fileStep(projectFile, server),
      { kind: 'text', text: 'Start it there (or with MCP: List Servers), and log in.' },
    ]
  },
}
