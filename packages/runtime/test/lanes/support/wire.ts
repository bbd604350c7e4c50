import { LEGACY, MODERN } from '../../support/harness.js'
import type { Sent } from './pair.js'

type Fields = Readonly<Record<string, unknown>>

/** What each request of 2026-07-28 says of its client. */
export const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

/** A well-formed request of 2026-07-28. */
export function modernRequest(method: string, params: Fields = {}, sent: Partial<Sent> = {}): Sent {
  const name = typeof params.name === 'string' && /^[\x21-\x7e]+$/.test(params.name) ? { 'mcp-name': params.name } : {}
  return {
    ...sent,
    headers: { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...name, ...sent.headers },
    payload: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: ENVELOPE } }),
  }
}

/** A well-formed request of 2025-11-25. */
export function legacyRequest(method: string, params?: Fields, sent: Partial<Sent> = {}): Sent {
  return {
    ...sent,
    headers: { 'mcp-protocol-version': LEGACY, ...sent.headers },
    payload: JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params === undefined ? {} : { params }) }),
  }
}
