import type { Fact } from '../analyse/facts.js'
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { CLIENTS, type ClientId } from '../model/clients.js'
import { nameOf } from '../model/item-name.js'
import type { Rule } from './rule.js'

/** How much of a text a client keeps, in UTF-16 units, and where that was seen. */
interface TextLimit {
  readonly client: ClientId
  readonly of: 'tool' | 'instructions'
  readonly longest: number
}

const TEXT_LIMITS: readonly TextLimit[] = [
  // "… [truncated]" after 2,048, for models alone: anthropics/claude-code#87650, and its documentation for authors
  { client: 'claude', of: 'tool', longest: 2048 },
  { client: 'claude', of: 'instructions', longest: 2048 },
]

export const descriptionTooLong: Rule = ({ model: { clients, server, tools } }) => {
  const limits = TEXT_LIMITS.filter(({ client }) => clients.includes(client))
  const longer = (what: string, of: TextLimit['of'], fact: Fact<string>): readonly Diagnostic[] =>
    typeof fact === 'string'
      ? []
      : limits
          .filter((limit) => limit.of === of && fact.value.length > limit.longest)
          .map(({ client, longest }) => {
            const length = String(fact.value.length)
            const params = { what, length, longest: String(longest), client: CLIENTS[client] }
            return diagnostic('description-too-long', fact.place, params)
          })
  return [
    ...(server === null ? [] : longer("'instructions' of the server", 'instructions', server.instructions)),
    ...tools.flatMap((tool) => longer(`description of ${nameOf(tool)}`, 'tool', tool.description)),
  ]
}
