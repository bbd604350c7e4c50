import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { CLIENT_IDS, isClientId } from '../model/clients.js'
import type { Rule } from './rule.js'

export const unknownClient: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.clients === 'string') return []
  return server.clients.value
    .filter(({ value }) => !isClientId(value))
    .map(({ value, place }) =>
      diagnostic('unknown-client', place, { client: value, hint: didYouMean(value, CLIENT_IDS) }),
    )
}
