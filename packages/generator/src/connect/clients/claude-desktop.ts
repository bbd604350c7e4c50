import { isLoopback } from '../address.js'
import type { Client } from '../client.js'
import { connectorLink } from '../connector-link.js'
import { jsonStep } from '../file-step.js'

/** https://support.claude.com: custom connectors are hosted here too; programs of `claude_desktop_config.json` are not. */
export const claudeDesktop: Client = {
  id: 'claude-desktop',
  name: 'Claude Desktop',
  summary: 'a custom connector, hosted by Anthropic',
  hosted: true,
  steps: (server) => [
    {
      kind: 'text',
      text: `Customize → Connectors → + → Add custom connector. Name: ${server.name}. URL: ${server.resource}`,
    },
    { kind: 'text', text: 'Then Connect, and log in. Or add it on the web, to the same account:' },
    { kind: 'link', label: 'Add it to your Claude account', href: connectorLink(server) },
  ],
  bridge: ({ name, resource }) => [
    {
      kind: 'text',
      text: 'Until then, a bridge on this computer: add this in Settings → Developer → Edit Config, and restart.',
    },
    jsonStep('claude_desktop_config.json', {
      mcpServers: {
        [name]: {
          command: 'npx',
          args: ['-y', 'mcp-remote', resource, ...(isLoopback(resource) ? [] : ['--allow-http'])],
        },
      },
    }),
    { kind: 'text', text: 'It logs in by the browser.' },
  ],
}
