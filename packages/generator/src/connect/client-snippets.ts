import type { ClientSnippet } from '../dev/console-messages.js'

/** How each client is connected to a server. */
export function clientSnippets(_server: {
  readonly name: string
  readonly resource: string
}): readonly ClientSnippet[] {
  return []
}
