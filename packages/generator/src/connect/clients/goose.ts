import type { Client } from '../client.js'
import { yamlKey } from '../file-step.js'
import { shellWord } from '../shell-word.js'

/** https://block.github.io/goose/docs/getting-started/using-extensions */
export const goose: Client = {
  id: 'goose',
  name: 'Goose',
  summary: 'a command for one session, or a remote extension',
  hosted: false,
  steps: ({ name, resource }) => [
    { kind: 'command', text: `goose session --with-streamable-http-extension ${shellWord(resource)}` },
    {
      kind: 'text',
      text: 'To keep it, add a remote extension (Streamable HTTP) in Extensions, or in ~/.config/goose/config.yaml:',
    },
    {
      kind: 'file',
      path: 'config.yaml',
      language: 'yaml',
      text: `extensions:\n  ${yamlKey(name)}:\n    enabled: true\n    type: streamable_http\n    name: ${yamlKey(name)}\n    uri: ${JSON.stringify(resource)}\n    timeout: 300\n`,
    },
  ],
}
