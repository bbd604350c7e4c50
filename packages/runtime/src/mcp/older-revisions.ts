import { type JSONRPCMessage, type ProtocolError, Server, type Transport } from '@modelcontextprotocol/server'

/** MCP 2025-11-25 and older, resources, error handling. 2026-07-28 retired it. */
const RESOURCE_NOT_FOUND = -32002

/** The data of errors that say so. By identity: an error of a handler may look the same. */
const notFound: WeakSet<object> = new WeakSet()

/** Says that an error is to be sent with the code that the older revisions have for a missing resource. */
export function markResourceNotFound({ data }: ProtocolError): void {
  if (typeof data === 'object' && data !== null) notFound.add(data)
}

/**
 * A server of the SDK that keeps to what the older revisions say where the SDK speaks the newest in all of them: it
 * writes -32602 for a resource that does not exist, whatever code is thrown.
 */
export class RevisionServer extends Server {
  override async connect(transport: Transport): Promise<void> {
    const send = transport.send.bind(transport)
    transport.send = (message, options) => send(inItsRevision(message), options)
    return super.connect(transport)
  }
}

function inItsRevision(message: JSONRPCMessage): JSONRPCMessage {
  if (!('error' in message)) return message
  const { data } = message.error
  if (typeof data !== 'object' || data === null || !notFound.has(data)) return message
  return { ...message, error: { ...message.error, code: RESOURCE_NOT_FOUND } }
}
