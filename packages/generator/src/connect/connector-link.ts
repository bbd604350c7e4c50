import type { ConnectedServer } from './client.js'

/** Opens Claude's dialog for a new connector, filled in; it belongs to the account, on every device. */
export function connectorLink({ name, resource }: ConnectedServer): string {
  const query = new URLSearchParams({ modal: 'add-custom-connector', connectorName: name, connectorUrl: resource })
  return `https://claude.ai/customize/connectors?${query}`
}
