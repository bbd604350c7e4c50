import type { Data } from '../analyse/data-of.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { isRecord } from '../model/is-record.js'
import type { Rule } from './rule.js'

/** MCP, `_meta`: whose a key is shows in its prefix, and some are the protocol's, or this server's. */
export const metadataUnsafe: Rule = ({ model }) =>
  model.tools.flatMap(({ name, metadata }) => {
    if (metadata === null) return []
    const { place } = metadata
    return problemsOf(metadata.value).map((problem) => diagnostic('metadata-unsafe', place, { tool: name, problem }))
  })

/** Characters of JSON: every list holds them. */
const LONGEST = 16_384

/** What stands at the top of `_meta` without a prefix and means something to the protocol, or is written by the server. */
const TAKEN = ['progressToken', 'traceparent', 'tracestate', 'baggage', 'securitySchemes']
/** Labels that make a prefix the protocol's own, wherever they stand: older revisions reserve more than the newest. */
const RESERVED = ['modelcontextprotocol', 'mcp']

const LABEL = /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/

function problemsOf(metadata: Data): readonly string[] {
  if ('problem' in metadata) return [metadata.problem]
  const { value } = metadata
  if (!isRecord(value)) return ['is no object']
  const size = JSON.stringify(value).length
  if (size > LONGEST) return [`has ${size} characters as JSON; ${LONGEST} are the most`]
  return Object.keys(value).flatMap((key) => {
    const problem = keyProblem(key)
    return problem === undefined ? [] : [`has the key ${JSON.stringify(key)}, ${problem}`]
  })
}

function keyProblem(key: string): string | undefined {
  const slash = key.indexOf('/')
  const name = key.slice(slash + 1)
  if (slash >= 0) {
    const labels = key.slice(0, slash).split('.')
    if (!labels.every((label) => LABEL.test(label))) return 'whose prefix is no list of labels with dots between them'
    if (labels.some((label) => RESERVED.includes(label.toLowerCase()))) return 'whose prefix is reserved for MCP itself'
    if (name === '') return undefined
  } else if (TAKEN.includes(name)) return 'which means something already'
  return NAME.test(name) ? undefined : 'whose name does not begin and end with a letter or digit'
}
