import type { CacheHint, ServerCapabilities, ServerOptions } from '@modelcontextprotocol/server'
import type { Catalogue, ItemKind } from './catalogue.js'

/** Milliseconds that clients may keep what does not change while the server runs. */
const STABLE_MS = 60_000

/** What does not change and is told to everybody, with a login or without. */
const FOR_EVERYBODY: CacheHint = { ttlMs: STABLE_MS, cacheScope: 'public' }

/** What does not change, and is told only to who has logged in: a shared cache would tell it to others. */
const FOR_THIS_CALLER: CacheHint = { ttlMs: STABLE_MS, cacheScope: 'private' }

/** What depends on who asks, or on when: it is for this caller, and for now. */
const OF_THE_MOMENT: CacheHint = { ttlMs: 0, cacheScope: 'private' }

/** What clients are told of keeping each answer (MCP 2026-07-28, caching). */
export function caching(catalogue: Catalogue): NonNullable<ServerOptions['cacheHints']> {
  return {
    'server/discover': catalogue.publicKinds.size > 0 ? FOR_EVERYBODY : FOR_THIS_CALLER,
    'tools/list': listHint(catalogue, 'tool'),
    'prompts/list': listHint(catalogue, 'prompt'),
    'resources/templates/list': listHint(catalogue, 'resource'),
    'resources/list': resourceListHint(catalogue),
    'resources/read': OF_THE_MOMENT,
  }
}

/**
 * What goes for a list of what is declared. It is public only where the policy shows that nobody gets another one, or
 * none: nothing of its kind is hidden from anybody, and it is open without a login because something in it is.
 */
export function listHint({ hideable, publicKinds }: Catalogue, of: ItemKind): CacheHint {
  // Whoever gets a scope should see at once what it opens.
  if (hideable.some(({ kind }) => kind === of)) return OF_THE_MOMENT
  return publicKinds.has(of) ? FOR_EVERYBODY : FOR_THIS_CALLER
}

/** What a template lists is the caller's, and of the moment. */
export function resourceListHint(catalogue: Catalogue): CacheHint {
  const lists = catalogue.resources.all.some(({ module }) => module.list !== undefined)
  return lists ? OF_THE_MOMENT : listHint(catalogue, 'resource')
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
