import { argumentHeaders } from './argument-headers.js'
import { headerValue } from './header-value.js'

/** Revisions in which the console can ask. */
export const eras = ['2026-07-28', '2025-11-25'] as const
export type Era = (typeof eras)[number]

export type Kind = 'tools' | 'resources' | 'prompts'

/** What is done with one of each kind. */
export const verbs: Readonly<Record<Kind, string>> = { tools: 'Call', resources: 'Read', prompts: 'Get' }

/** What a person asks of the server. */
export interface Asked {
  readonly kind: Kind
  readonly name: string
  /** The arguments; of a resource, an object with its `uri`. */
  readonly input: unknown
  /** The schema of the arguments, for what of them headers repeat. */
  readonly schema?: unknown
}

/** A request as it is sent; a token comes on top. */
export interface WireRequest {
  /** What it is for, in a few words. */
  readonly label: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

const client = { name: 'mcp-secure-console', version: '0.1.0' }

/** The requests that ask for it, in their order; each goes out when the one before was answered well. */
export function requestsFor(asked: Asked, era: Era): readonly WireRequest[] {
  const { method, params, target } = operation(asked)
  return era === '2026-07-28' ? [modern(method, params, target, repeated(asked))] : legacy(method, params)
}

function repeated({ kind, schema, input }: Asked): Readonly<Record<string, string>> {
  return kind === 'tools' ? argumentHeaders(schema, input) : {}
}

/** A request that needs a token: its challenge says where to log in. */
export function probe(): WireRequest {
  return modern('tools/list', {}, undefined, {})
}

interface Operation {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly target: string
}

function operation({ kind, name, input }: Asked): Operation {
  if (kind === 'tools') return { method: 'tools/call', params: { name, arguments: input }, target: name }
  if (kind === 'prompts') return { method: 'prompts/get', params: { name, arguments: input }, target: name }
  const uri = typeof input === 'object' && input !== null && 'uri' in input ? String(input.uri) : ''
  return { method: 'resources/read', params: { uri }, target: uri }
}

/** MCP 2026-07-28: no handshake; every request says which revision it is of, and headers repeat what it asks for. */
function modern(
  method: string,
  params: Operation['params'],
  target: string | undefined,
  repeated: Readonly<Record<string, string>>,
): WireRequest {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': client,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  return {
    label: method,
    headers: {
      ...common,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(target === undefined ? {} : { 'mcp-name': headerValue(target) }),
      ...repeated,
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
  }
}

/** MCP 2025-11-25: client and server agree on a revision first. */
function legacy(method: string, params: Operation['params']): readonly WireRequest[] {
  const headers = { ...common, 'mcp-protocol-version': '2025-11-25' }
  const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: client }
  return [
    { label: 'initialize', headers: common, body: { jsonrpc: '2.0', id: 0, method: 'initialize', params: hello } },
    { label: 'initialized', headers, body: { jsonrpc: '2.0', method: 'notifications/initialized' } },
    { label: method, headers, body: { jsonrpc: '2.0', id: 1, method, params } },
  ]
}

const common = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
