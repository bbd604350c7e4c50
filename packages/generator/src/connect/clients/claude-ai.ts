import type { Client } from '../client.js'
import { connectorLink } from '../connector-link.js'

/** https://support.claude.com: custom connectors. */
export const claudeAi: Client = {
  id: 'claude-ai',
  name: 'claude.ai',
  summary: 'a custom connector, hosted by Anthropic',
  hosted: true,
  steps: (server) => [
    { kind: 'link', label: 'Add it to claude.ai', href: connectorLink(server) },
    {
      kind: 'text',
      text: `Or: Customize → Connectors → + → Add custom connector. Name: ${server.name}. URL: ${server.resource}`,
    },
    { kind: 'text', text: 'Then Connect, and log in.' },
    { kind: 'qr', label: 'The same link, for a phone', text: connectorLink(server) },
  ],
}
