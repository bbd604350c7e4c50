import { ProtocolErrorCode } from '@modelcontextprotocol/server'

/** Resources that one stream, or one client of a revision before 2026-07-28, may be told of. */
export const MOST_WATCHED = 1_000

/** What a client is told that wants more than it may have: the SDK's words for the same. */
export const LIMIT_REACHED: { readonly code: ProtocolErrorCode; readonly message: string } = {
  code: ProtocolErrorCode.InternalError,
  message: 'Subscription limit reached',
}
