import { isRecord } from './is-record.js'
import type { PreparedTool, ToolCatalogue } from './tool-catalogue.js'

export type RequestId = string | number

/** What one JSON-RPC message asks for, as far as the decision and the log need it. */
export interface Message {
  /** A method that is known here, `(other)`, or nothing: a response. Never text of the client's choosing. */
  readonly method: string | undefined
  readonly id: RequestId | undefined
  /** The tool that it calls, if there is such a tool. */
  readonly tool: PreparedTool | undefined
}

const METHODS = new Set([
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'subscriptions/listen',
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/roots/list_changed',
])

/** Reads a message without trusting its shape. */
export function readMessage(raw: unknown, tools: ToolCatalogue): Message {
  if (!isRecord(raw) || typeof raw.method !== 'string') return { method: undefined, id: undefined, tool: undefined }
  const id = typeof raw.id === 'string' || typeof raw.id === 'number' ? raw.id : undefined
  const method = METHODS.has(raw.method) ? raw.method : '(other)'
  return { method, id, tool: method === 'tools/call' ? calledTool(raw.params, tools) : undefined }
}

function calledTool(params: unknown, tools: ToolCatalogue): PreparedTool | undefined {
  return isRecord(params) && typeof params.name === 'string' ? tools.get(params.name) : undefined
}
