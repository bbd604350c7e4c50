import type { Client, ProjectFile } from '../client.js'
import { fileStep } from '../file-step.js'
import { shellWord } from '../shell-word.js'

const projectFile: ProjectFile = {
  language: 'json',
  path: '.mcp.json',
  property: 'mcpServers',
  entry: (resource) => ({ type: 'http', url: resource }),
}

/** https://code.claude.com/docs/en/mcp */
export const claudeCode: Client = {
  id: 'claude-code',
  name: 'Claude Code',
  summary: 'a command, or .mcp.json for everybody in the project',
  hosted: false,
  projectFile,
  steps: (server) => [
    { kind: 'command', text: `claude mcp add --transport http ${server.name} ${shellWord(server.resource)}` },
    { kind: 'text', text: 'Then log in; it opens the browser.' },
    { kind: 'command', text: `claude mcp login ${server.name}` },
    { kind: 'text', text: 'Or for everybody who works in the project, who then logs in with /mcp:' },
    fileStep(projectFile, server),
  ],
}
