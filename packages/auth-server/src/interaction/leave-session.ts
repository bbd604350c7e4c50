import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from '../provider/oidc-provider.js'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/**
 * Ends this browser's session when somebody else logs in. Left to itself the
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
  if (interaction.session?.accountId === undefined || interaction.session.accountId === user) return
  const session = await provider.Session.get(provider.createContext(request, response))
  if (session.accountId === interaction.session.accountId) {
    for (const member of ['accountId', 'loginTs', 'authorizations', 'amr', 'acr', 'state'] as const) {
      delete session[member]
    }
    await session.persist()
  }
  delete interaction.session
  await interaction.persist()
}
