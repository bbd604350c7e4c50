import { serverName } from '../connect/server-name.js'
import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { CLIENTS } from '../model/clients.js'
import { NAME_LIMITS } from './client-names.js'
import type { Rule } from './rule.js'

/** Clients put the server's name before that of a tool: the one that users are told to give it. */
export const longName: Rule = ({ model: { server, tools, clients } }) => {
  if (server === null || typeof server.name === 'string') return []
  const prefix = serverName(server.name.value)
  const limits = NAME_LIMITS.filter(({ client }) => clients.includes(client))
  const related = [{ message: 'the name of the server is here', place: server.name.place }]
  return tools.flatMap(({ name, module }) =>
    limits
      .filter(({ length, longest }) => length(prefix, name) > longest)
      .map(({ client, length, longest, effect }) =>
        diagnostic(
          'long-name',
          startOf(module),
          { tool: name, client: CLIENTS[client], excess: String(length(prefix, name) - longest), effect },
          related,
        ),
      ),
  )
}
