import type { Client } from '../client.js'
import { jsonStep } from '../file-step.js'

/** https://zed.dev/docs/ai/mcp */
export const zed: Client = {
  id: 'zed',
  name: 'Zed',
  summary: 'its settings file',
  hosted: false,
  steps: ({ name, resource }) => [
    { kind: 'text', text: 'Run "zed: open settings file" in the command palette, and add:' },
    jsonStep('settings.json', { context_servers: { [name]: { url: resource } } }),
    { kind: 'text', text: 'Zed asks you to log in.' },
  ],
}
