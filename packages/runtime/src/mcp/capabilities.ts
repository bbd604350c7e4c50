import type { CacheHint, ServerCapabilities, ServerOptions } from '@modelcontextprotocol/server'
import type { Catalogue, ItemKind } from './catalogue.js'

/**
 * How long clients may keep a list that does not change while the server runs
 * and is the same for everybody; a shared cache still has no business with it.
 */
const STABLE: CacheHint = { ttlMs: 60_000, cacheScope: 'private' }

/** What depends on who asks, or on when: it is for this caller, and for now. */
const OF_THE_MOMENT: CacheHint = { ttlMs: 0, cacheScope: 'private' }

/** What clients are told of keeping each answer (MCP 2026-07-28, caching). */
export function caching({ hideable }: Catalogue): NonNullable<ServerOptions['cacheHints']> {
  // Whoever gets a scope should see at once what it opens.
  const list = (of: ItemKind): CacheHint => (hideable.some(({ kind }) => kind === of) ? OF_THE_MOMENT : STABLE)
  return {
    'server/discover': STABLE,
    'tools/list': list('tool'),
    'prompts/list': list('prompt'),
    'resources/templates/list': list('resource'),
    'resources/list': OF_THE_MOMENT,
    'resources/read': OF_THE_MOMENT,
  }
}

/**
 * What clients are told that there is. That lists change is promised only where
 * a handler says so, and that resources can be subscribed to where one can.
 */
export function offered({ tools, resources, prompts, completes, uses, announces }: Catalogue): ServerCapabilities {
  const has = { tools: tools.listing.length > 0, resources: resources.all.length > 0, prompts: prompts.all.length > 0 }
  const changing = uses.has('changes') ? { listChanged: true } : {}
  const subscribing = resources.all.some(({ subscribable }) => subscribable) ? { subscribe: true } : {}
  return {
    // A server with nothing at all has a list of tools, which is empty: clients ask for it first.
    ...(has.tools || !(has.resources || has.prompts) ? { tools: changing } : {}),
    ...(has.resources ? { resources: { ...(announces ? { listChanged: true } : {}), ...subscribing } } : {}),
    ...(has.prompts ? { prompts: changing } : {}),
    ...(uses.has('logging') ? { logging: {} } : {}),
    ...(completes ? { completions: {} } : {}),
  }
}
