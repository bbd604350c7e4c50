import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'

/** There is one page of everything, so no cursor was ever given out. */
export function refuseCursor(params: { readonly cursor?: string | undefined } | undefined): void {
  if (params?.cursor !== undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown cursor')
}
