import type { Client } from '../client.js'

/** https://developers.openai.com: apps in developer mode; the menu was called Connectors before. */
export const chatgpt: Client = {
  id: 'chatgpt',
  name: 'ChatGPT',
  summary: 'an app in developer mode, hosted by OpenAI',
  hosted: true,
  steps: ({ name, resource }) => [
    { kind: 'text', text: 'On the web: Settings → Apps (or Connectors) → Advanced settings → Developer mode on.' },
    {
      kind: 'text',
      text: `Then Settings → Apps → Create. Name: ${name}. Authentication: OAuth. MCP server URL: ${resource}`,
    },
    { kind: 'text', text: 'Create, and log in. In a chat: + → Developer mode, and choose it.' },
    { kind: 'qr', label: 'The address, to take to another device', text: resource },
  ],
}
