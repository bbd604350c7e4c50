import type { Hidden } from '../guard/hidden-items.js'
import type { Catalogue, Item } from './catalogue.js'
import { isRecord } from './is-record.js'
import type { PreparedPrompt } from './prompt-catalogue.js'
import type { PreparedResource, ResourceMatch } from './resource-catalogue.js'
import { MOST_WATCHED } from './subscriptions/most-watched.js'

export type RequestId = string | number

/** What one JSON-RPC message asks for, as far as the decision and the log need it. */
export interface Message {
  /** A method that is known here, `(other)`, or nothing: a response. Never text of the client's choosing. */
  readonly method: string | undefined
  readonly id: RequestId | undefined
  /** The tool, resource or prompt that it is about, if there is one. */
  readonly item: Item | undefined
  /** What it is about and what this caller may not know of: for the log alone. */
  readonly hidden?: Hidden
  /** Of `resources/read`: the URI, and what it matched. */
  readonly reads?: NamedResource
  /** Of `subscriptions/listen`: each resource that it names and that there is. */
  readonly watches?: readonly NamedResource[]
}

export interface NamedResource {
  readonly uri: string
  readonly match: ResourceMatch
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
export function readMessage(raw: unknown, catalogue: Catalogue): Message {
  if (!isRecord(raw) || typeof raw.method !== 'string') return { method: undefined, id: undefined, item: undefined }
  const id = typeof raw.id === 'string' || typeof raw.id === 'number' ? raw.id : undefined
  const method = METHODS.has(raw.method) ? raw.method : '(other)'
  return { method, id, ...whatItIsAbout(method, isRecord(raw.params) ? raw.params : {}, catalogue) }
}

type Params = Readonly<Record<string, unknown>>

function whatItIsAbout(
  method: string,
  params: Params,
  catalogue: Catalogue,
): Pick<Message, 'item' | 'reads' | 'watches'> {
  switch (method) {
    case 'tools/call':
      return { item: typeof params.name === 'string' ? catalogue.tools.get(params.name) : undefined }
    case 'prompts/get':
      return { item: typeof params.name === 'string' ? catalogue.prompts.get(params.name) : undefined }
    case 'subscriptions/listen':
      return { item: undefined, watches: watchedResources(params, catalogue) }
    case 'resources/read':
    case 'resources/subscribe':
      return typeof params.uri === 'string' ? readResource(params.uri, catalogue) : { item: undefined }
    case 'completion/complete':
      return { item: isRecord(params.ref) ? referredTo(params.ref, catalogue) : undefined }
    default:
      return { item: undefined }
  }
}

function readResource(uri: string, { resources }: Catalogue): Pick<Message, 'item' | 'reads'> {
  const match = resources.find(uri)
  return match === undefined ? { item: undefined } : { item: match.resource, reads: { uri, match } }
}

/** What is named beyond is not acknowledged. */
function watchedResources({ notifications }: Params, { resources }: Catalogue): readonly NamedResource[] {
  const named = isRecord(notifications) ? notifications.resourceSubscriptions : undefined
  if (!Array.isArray(named)) return []
  return named.slice(0, MOST_WATCHED).flatMap((uri: unknown) => {
    const match = typeof uri === 'string' ? resources.find(uri) : undefined
    return typeof uri !== 'string' || match === undefined ? [] : [{ uri, match }]
  })
}

/** What a completion is for. */
export function referredTo(
  { type, name, uri }: Params,
  { prompts, resources }: Catalogue,
): PreparedPrompt | PreparedResource | undefined {
  if (type === 'ref/prompt' && typeof name === 'string') return prompts.get(name)
  return type === 'ref/resource' && typeof uri === 'string' ? resources.byText(uri) : undefined
}
