import { type AskRequest, LEGACY, legacy, modern } from './ask.js'

/** Something to ask of the endpoint that is no item of it: what it needs is a token, whoever it names. */
export interface EndpointAsk {
  readonly name: string
  readonly request: AskRequest
  /** Whether everybody may ask it of a server that has something public. */
  readonly open: boolean
}

const ref = { type: 'ref/prompt', name: 'nothing' }
const argument = { name: 'a', value: '' }

/** Every method of the protocol besides asking for an item, and what is none. */
export const ENDPOINT_ASKS: readonly EndpointAsk[] = [
  { name: 'initialize', request: legacy('initialize', initialize()), open: true },
  { name: 'notifications/initialized', request: notify('notifications/initialized'), open: true },
  { name: 'ping', request: legacy('ping'), open: true },
  { name: 'server/discover', request: modern('server/discover'), open: true },
  { name: 'tools/list', request: modern('tools/list'), open: true },
  { name: 'tools/list of 2025-11-25', request: legacy('tools/list'), open: true },
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

function initialize(): Readonly<Record<string, unknown>> {
  return { protocolVersion: LEGACY, capabilities: {}, clientInfo: { name: 'access matrix', version: '1' } }
}

function notify(method: string): AskRequest {
  return post({ jsonrpc: '2.0', method })
}

function post(body: unknown): AskRequest {
  return { method: 'POST', headers: { 'mcp-protocol-version': LEGACY }, body }
}
