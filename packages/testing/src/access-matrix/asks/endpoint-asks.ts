import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { type AskRequest, LEGACY, legacy, modern } from './ask.js'

/** Something to ask of the endpoint that is no item of it: what it needs is a token, whoever it names. */
export interface EndpointAsk {
  readonly name: string
  readonly request: AskRequest
  /** Whether everybody may ask it of a server that has something public, or something public of that kind. */
  readonly open: boolean | ExpectedItem['kind']
}

const ref = { type: 'ref/prompt', name: 'nothing' }
const argument = { name: 'a', value: '' }

/** Every method of the protocol besides asking for an item, and what is none. */
export const ENDPOINT_ASKS: readonly EndpointAsk[] = [
  { name: 'initialize', request: legacy('initialize', initialize()), open: true },
  { name: 'notifications/initialized', request: notify('notifications/initialized'), open: true },
  { name: 'ping', request: legacy('ping'), open: true },
  { name: 'server/discover', request: modern('server/discover'), open: true },
  { name: 'tools/list', request: modern('tools/list'), open: 'tool' },
  { name: 'tools/list of 2025-11-25', request: legacy('tools/list'), open: 'tool' },
  { name: 'resources/list', request: modern('resources/list'), open: 'resource' },
  { name: 'resources/templates/list', request: modern('resources/templates/list'), open: 'resource' },
  { name: 'prompts/list', request: modern('prompts/list'), open: 'prompt' },
  {
    name: 'a resource that does not exist',
    request: modern('resources/read', { uri: 'no-such:resource' }),
    open: false,
  },
  { name: 'a prompt that does not exist', request: modern('prompts/get', { name: 'no_such_prompt' }), open: false },
  { name: 'a tool that does not exist', request: modern('tools/call', { name: 'no_such_tool' }), open: false },
  { name: 'completion', request: modern('completion/complete', { ref, argument }), open: false },
  { name: 'completion of 2025-11-25', request: legacy('completion/complete', { ref, argument }), open: false },
  { name: 'a subscription', request: modern('subscriptions/listen', { notifications: {} }), open: false },
  { name: 'a subscription of 2025-11-25', request: legacy('resources/subscribe', { uri: 'a:b' }), open: false },
  { name: 'the log level', request: legacy('logging/setLevel', { level: 'debug' }), open: false },
  { name: 'a method that does not exist', request: legacy('no/such-method'), open: false },
  { name: 'a response to nothing', request: post({ jsonrpc: '2.0', id: 1, result: {} }), open: false },
  { name: 'what is no message', request: post({}), open: false },
  { name: 'a stream (GET)', request: { method: 'GET', headers: { 'mcp-protocol-version': LEGACY } }, open: false },
  {
    name: 'the end of a session (DELETE)',
    request: { method: 'DELETE', headers: { 'mcp-session-id': 'a' } },
    open: false,
  },
]

/** Whether everybody may ask this of this server. */
export function isOpen({ open }: EndpointAsk, { items }: ExpectedAccess): boolean {
  const kinds = items.filter(({ access }) => access === 'public').map(({ kind }) => kind)
  return typeof open === 'string' ? kinds.includes(open) : open && kinds.length > 0
}

function initialize(): Readonly<Record<string, unknown>> {
  return { protocolVersion: LEGACY, capabilities: {}, clientInfo: { name: 'access matrix', version: '1' } }
}

function notify(method: string): AskRequest {
  return post({ jsonrpc: '2.0', method })
}

function post(body: unknown): AskRequest {
  return { method: 'POST', headers: { 'mcp-protocol-version': LEGACY }, body }
}
