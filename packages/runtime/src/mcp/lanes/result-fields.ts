import { type CacheHint, type Implementation, SERVER_INFO_META_KEY } from '@modelcontextprotocol/server'
import type { Era } from './choose-lane.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * What every result of an era has besides its own members (MCP 2026-07-28,
 * results): that it is complete, how long it may be kept, and who made it.
 */
export function resultFields(era: Era, server: Implementation, caching?: CacheHint): Fields {
  if (era === 'legacy') return {}
  return { resultType: 'complete', ...caching, _meta: { [SERVER_INFO_META_KEY]: server } }
}
