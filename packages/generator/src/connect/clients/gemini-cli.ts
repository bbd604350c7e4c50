import type { Client, ProjectFile } from '../client.js'
import { fileStep } from '../file-step.js'
import { shellWord } from '../shell-word.js'

const projectFile: ProjectFile = {
  language: 'json',
  path: '.gemini/settings.json',
  property: 'mcpServers',
  // `url` would mean the older transport, SSE.
  entry: (resource) => ({ httpUrl: resource }),
}

/** https://geminicli.com/docs/tools/mcp-server */
export const geminiCli: Client = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  summary: 'a command, or .gemini/settings.json',
  hosted: false,
  projectFile,
  steps: (server) => [
    { kind: 'command', text: `gemini mcp add --transport http ${server.name} ${shellWord(server.resource)}` },
    { kind: 'text', text: 'That writes this into the project; --scope user writes it into your home folder instead.' },
    fileStep(projectFile, server),
    { kind: 'text', text: `Then, in Gemini CLI: /mcp auth ${server.name}` },
  ],
}
