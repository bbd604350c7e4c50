import { legacy, modern, type RawRequest } from '../http/request.js'
import type { World } from '../world/world.js'

/** Two requests whose answers are the same, and whose times must not tell what the answers do not. */
export interface Pair {
  readonly name: string
  /** What is there, and what is not: as long as each other. */
  readonly there: (world: World) => RawRequest
  readonly nowhere: (world: World) => RawRequest
}

const low = (world: World): string => world.issuer.token({ scope: 'items:read' })
const call = (name: string): RawRequest => modern('tools/call', { name, arguments: {} })
const read = (uri: string): RawRequest => modern('resources/read', { uri })
const get = (name: string): RawRequest => legacy('prompts/get', { name, arguments: { id: 'one' } })
const suggest = (name: string): RawRequest =>
  legacy('completion/complete', { ref: { type: 'ref/prompt', name }, argument: { name: 'id', value: '' } })

export const PAIRS: readonly Pair[] = [
  { name: 'tool-without-token', there: () => call('write_item'), nowhere: () => call('write_none') },
  {
    name: 'resource-without-token',
    there: () => read('files://tree/secret'),
    nowhere: () => read('files://none/secret'),
  },
  { name: 'prompt-without-token', there: () => get('ask'), nowhere: () => get('not') },
  { name: 'completion-without-token', there: () => suggest('ask'), nowhere: () => suggest('not') },
  {
    name: 'hidden-tool-low-token',
    there: (world) => ({ ...call('audit_items'), token: low(world) }),
    nowhere: (world) => ({ ...call('audit_nones'), token: low(world) }),
  },
  {
    name: 'object-low-token',
    there: (world) => ({ ...read('files://tree/exists'), token: low(world) }),
    nowhere: (world) => ({ ...read('files://tree/absent'), token: low(world) }),
  },
]

/** Two requests that do take different times: if those are not told apart, nothing is. */
export const CONTROL: Pair = {
  name: 'control',
  there: (world) => ({ ...call('audit_items'), token: low(world) }),
  nowhere: () => call('audit_items'),
}
