import { redirectKind } from './redirect-uri.js'

/** Metadata of a client while the provider makes it, before it is used or cached. */
interface ClientMetadata {
  client_id?: unknown
  client_name?: unknown
  redirect_uris?: unknown
  application_type?: unknown
  scope?: unknown
  sector_identifier_uri?: unknown
}

/**
 * What MCP asks of a client id metadata document beyond the provider's own
 * checks, or `undefined` when it is met. Also fills in what documents leave out
 * because no registration protocol asks for it: `application_type`.
 */
export function checkClientDocument(metadata: ClientMetadata): string | undefined {
  if (typeof metadata.client_id !== 'string' || !metadata.client_id.startsWith('https://')) return undefined
  // MCP 2026-07-28, Client ID Metadata Documents: client_id, client_name and redirect_uris are required.
  if (typeof metadata.client_name !== 'string' || metadata.client_name.trim() === '') {
    return 'client_id metadata document must have a client_name'
  }
  const uris = metadata.redirect_uris
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every((uri) => typeof uri === 'string')) {
    return 'client_id metadata document must have redirect_uris'
  }
  const usable = uris.filter((uri) => redirectKind(uri) !== undefined)
  metadata.redirect_uris = usable
  if (usable.length === 0) {
    return 'client_id metadata document has no redirect URI that can be used'
  }
  // The provider has put in its default by now, so what is absent cannot be told from "web".
  if (usable.some((uri) => redirectKind(uri) !== 'hosted')) metadata.application_type = 'native'
  // A scope in the document would limit the client to it for ever, as in a registration.
  delete metadata.scope
  // Subjects are the same for all clients here, so there is no reason to fetch it.
  delete metadata.sector_identifier_uri
  return undefined
}
