import type { Message } from '../mcp/message.js'
import { Grant } from './grant.js'
import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided, Understood } from './states.js'

/** What a client without a token may ask of a server with public tools, besides calling those. */
const OPEN_TO_ALL = new Set(['initialize', 'notifications/initialized', 'ping', 'server/discover', 'tools/list'])

/**
 * One policy for every method: a tool call needs what the tool requires,
 * everything else a valid token. Each message of a batch is decided, and what
 * is missing is named all at once.
 */
export function decideAccess(state: Understood, guard: Guard): Decided | Refused {
  const grants = new Map<string, Grant>()
  const needed = new Set<string>()
  const missing = new Set<string>()
  const refused: string[] = []
  for (const message of state.messages) {
    if (state.identity === undefined && !openToAll(message, guard)) {
      return refuse({ reason: 'login-required', tools: message.tool === undefined ? [] : [message.tool.name] })
    }
    if (message.tool === undefined) continue
    const policy = guard.configuration.tools.get(message.tool.name)
    // Boot refuses a tool without a policy. Should one get here all the same, it gets no grant.
    if (policy === undefined) continue
    const decision = Grant.decide(message.tool, policy, state.identity)
    if (decision instanceof Grant) {
      grants.set(message.tool.name, decision)
      continue
    }
    if (decision.denied === 'login-required') return refuse({ reason: 'login-required', tools: [message.tool.name] })
    refused.push(message.tool.name)
    for (const scope of decision.needed) needed.add(scope)
    for (const scope of decision.missing) missing.add(scope)
  }
  if (refused.length === 0) return { ...state, grants }
  return refuse({
    reason: 'insufficient-scope',
    tools: refused,
    needed: [...needed],
    missing: [...missing],
    held: state.identity?.granted ?? [],
  })
}

function openToAll(message: Message, guard: Guard): boolean {
  if (message.tool) return guard.configuration.tools.get(message.tool.name)?.access === 'public'
  return message.method !== undefined && OPEN_TO_ALL.has(message.method)
}
