import type { interactionPolicy as Policy } from 'oidc-provider'
import { interactionPolicy } from './oidc-provider.js'

/**
 * When a person is asked. The provider asks again for native clients, because
 * anything on the computer can answer at their address (RFC 8252 section 8.6).
 * A public client with a hosted redirect cannot prove who it is either, so it
 * is asked about each time too (OAuth 2.1 section 7.3.1); only a client with a
 * secret comes back without a question.
 */
export function interactionsPolicy(): Policy.DefaultPolicy {
  const policy = interactionPolicy.base()
  policy
    .get('consent')
    ?.checks.add(
      new interactionPolicy.Check(
        'public_client_prompt',
        'public clients require End-User interaction',
        'interaction_required',
        ({ oidc }) => oidc.client?.clientAuthMethod === 'none' && !oidc.result?.consent,
      ),
    )
  return policy
}
