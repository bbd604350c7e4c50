import type { Client } from 'oidc-provider'
import type { ClientView } from '../pages/consent-page.js'
import { redirectHost, redirectKind } from '../provider/redirect-uri.js'
import { isStandIn } from '../provider/stand-in-document.js'

/** The longest name that a page shows; a name is chosen by whoever registers. */
const LONGEST_NAME = 80

/** What the pages say of a client. */
export function viewClient(client: Client, redirectUri: string): ClientView {
  const id = client.clientId
  return {
    name: clientName(client),
    identityHost: id.startsWith('https://') ? new URL(id).host : undefined,
    verified: !isStandIn(client),
    redirectHost: redirectHost(redirectUri),
    local: redirectKind(redirectUri) !== 'hosted',
  }
}

export function clientName(client: Client): string {
  // Control and direction characters could make a name look like the words around it.
  const name = (client.clientName ?? '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim()
  if (name === '') return 'A program without a name'
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}
