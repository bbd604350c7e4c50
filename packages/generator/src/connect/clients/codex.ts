import type { Client, ProjectFile } from '../client.js'
import { fileStep } from '../file-step.js'
import { shellWord } from '../shell-word.js'

const projectFile: ProjectFile = { language: 'toml', path: '.codex/config.toml' }

/** https://developers.openai.com/codex/mcp */
export const codex: Client = {
  id: 'codex',
  name: 'Codex',
  summary: 'a command, or .codex/config.toml of a trusted project',
  hosted: false,
  projectFile,
  steps: (server) => [
    { kind: 'command', text: `codex mcp add ${server.name} --url ${shellWord(server.resource)}` },
    {
      kind: 'text',
      text: 'It starts the login at once. Or in ~/.codex/config.toml, or in this file of a project that Codex trusts:',
    },
    fileStep(projectFile, server),
    { kind: 'command', text: `codex mcp login ${server.name}` },
  ],
}
