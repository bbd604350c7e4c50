import { whyNotPublic } from './address.js'
import type { Client, ConnectedServer } from './client.js'
import type { ClientSnippet } from './client-snippet.js'
import { CLIENTS } from './clients.js'
import { serverName } from './server-name.js'

/**
 * How every known client is connected to a server. It is made from its name and
 * its address alone and holds no secret; `resource` is an absolute URL.
 */
export function clientSnippets(server: { readonly name: string; readonly resource: string }): readonly ClientSnippet[] {
  return CLIENTS.map((client) => clientSnippet(client, server))
}

/** How one client is connected. */
export function clientSnippet(client: Client, { name, resource }: ConnectedServer): ClientSnippet {
  const { id, name: title } = client
  const server = { name: serverName(name), resource }
  const obstacle = client.hosted ? whyNotPublic(resource) : null
  if (obstacle === null) return { id, name: title, steps: client.steps(server) }
  const problem =
    `${title} connects from its maker's machines, and ${resource} ${obstacle}. ` +
    'Give the server and its authorization server public https addresses, then run ' +
    `mcp-gen connect ${id} --url https://…/mcp`
  return { id, name: title, steps: client.bridge?.(server) ?? [], problem }
}
