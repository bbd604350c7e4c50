import { isRecord } from './is-record.js'

/** Characters of JSON: the list holds them. */
const LONGEST = 16_384

/** What stands at the top of `_meta` without a prefix and means something to the protocol. */
const TAKEN: readonly string[] = ['progressToken', 'traceparent', 'tracestate', 'baggage', 'securitySchemes']
/** Labels that make a prefix the protocol's own, wherever they stand. */
const RESERVED: readonly string[] = ['modelcontextprotocol', 'mcp']

const LABEL = /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/

/**
 * `_meta` that a project's code gives, as a copy that is JSON and nothing else, by the rule that holds for that in its
 * spec, which a build checks (`metadata-unsafe`): keys that MCP keeps for itself are nobody's (MCP, `_meta`).
 *
 * @throws {TypeError} for what is none; it quotes nothing
 */
export function listedMetadata(value: unknown): Record<string, unknown> {
  const text = isRecord(value) ? JSON.stringify(value) : undefined
  const copy: unknown = text === undefined || text.length > LONGEST ? undefined : JSON.parse(text)
  if (!isRecord(copy)) throw new TypeError(`list() gives _meta as an object of at most ${LONGEST} characters of JSON.`)
  if (Object.keys(copy).every(isOwnKey)) return { ...copy }
  throw new TypeError('list() gives _meta with keys such as com.example/panel, and none that MCP keeps for itself.')
}

function isOwnKey(key: string): boolean {
  const slash = key.indexOf('/')
  const name = key.slice(slash + 1)
  if (slash < 0) return NAME.test(name) && !TAKEN.includes(name)
  const labels = key.slice(0, slash).split('.')
  const isReserved = labels.some((label) => RESERVED.includes(label.toLowerCase()))
  return labels.every((label) => LABEL.test(label)) && !isReserved && (name === '' || NAME.test(name))
}
