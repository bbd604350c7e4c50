import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from '../provider/oidc-provider.js'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/**
 * Ends this browser's session when somebody else logs in: the one that it has
 * now, which another tab may have begun after this login. Left to itself the
 * provider does it with a page of its own that runs a script; the session is
 * emptied here instead, and the provider gives it a new id when the login goes on.
 */
export async function leaveSession(
  provider: Provider,
  interaction: Interaction,
  user: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const session = await provider.Session.get(provider.createContext(request, response))
  if (session.accountId === undefined || session.accountId === user) return
  for (const member of ['accountId', 'loginTs', 'authorizations', 'amr', 'acr', 'state'] as const) {
    delete session[member]
  }
  await session.persist()
  if (interaction.session === undefined) return
  delete interaction.session
  await interaction.persist()
}
