import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'

/**
 * Nothing is used without a grant. One for what does not exist is the client's
 * mistake; one for what does would be ours, and no hint is given of which it is.
 */
export function withoutGrant(exists: boolean, unknown: () => ProtocolError): ProtocolError {
  return exists ? new ProtocolError(ProtocolErrorCode.InternalError, 'Internal error') : unknown()
}
