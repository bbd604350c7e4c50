import type { JSONRPCMessage, ProtocolError, Transport } from '@modelcontextprotocol/server'
import { CheckedServer } from './checked-server.js'
import { isRecord } from './is-record.js'
import { knows } from './revision-fields.js'

/** MCP 2025-11-25 and older, resources, error handling. 2026-07-28 retired it. */
const RESOURCE_NOT_FOUND = -32002

/** The data of errors that say so. By identity: an error of a handler may look the same. */
const notFound: WeakSet<object> = new WeakSet()

/** Says that an error is to be sent with the code that the older revisions have for a missing resource. */
export function markResourceNotFound({ data }: ProtocolError): void {
  if (typeof data === 'object' && data !== null) notFound.add(data)
}

/**
 * A server of the SDK that keeps to what each revision says where the SDK says the same in all of them: it writes
 * -32602 for a resource that does not exist, whatever code is thrown, and tells clients of the server's icons that know
 * of none, or with every single answer.
 */
export class RevisionServer extends CheckedServer {
  override async connect(transport: Transport): Promise<void> {
    const send = transport.send.bind(transport)
    transport.send = (message, options) => send(inItsRevision(message), options)
    return super.connect(transport)
  }
}

function inItsRevision(message: JSONRPCMessage): JSONRPCMessage {
  if ('result' in message) return { ...message, result: withIconsWhereKnown(message.result) }
  if (!('error' in message)) return message
  const { data } = message.error
  if (typeof data !== 'object' || data === null || !notFound.has(data)) return message
  return { ...message, error: { ...message.error, code: RESOURCE_NOT_FOUND } }
}

type Result = Readonly<Record<string, unknown>>

/** The icons of the server are in the answers that introduce it: `initialize`, and since 2026-07-28 `server/discover`. */
function withIconsWhereKnown(result: Result): Result {
  const { serverInfo, protocolVersion, _meta, supportedVersions } = result
  if (isRecord(serverInfo) && typeof protocolVersion === 'string' && !knows(protocolVersion, 'icons')) {
    return { ...result, serverInfo: withoutIcons(serverInfo) }
  }
  const stamped = isRecord(_meta) ? _meta[SERVER_INFO] : undefined
  if (!isRecord(stamped) || !('icons' in stamped) || supportedVersions !== undefined) return result
  return { ...result, _meta: { ...(_meta as Result), [SERVER_INFO]: withoutIcons(stamped) } }
}

const SERVER_INFO = 'io.modelcontextprotocol/serverInfo'

function withoutIcons({ icons: _icons, ...info }: Result): Result {
  return info
}
