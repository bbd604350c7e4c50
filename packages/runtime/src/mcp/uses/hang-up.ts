import { type Call, contextOf } from '../call.js'

/**
 * Ends the stream that the client waits at. In 2025-11-25 it comes back for the
 * answer with the id of the last event (SEP-1699); elsewhere nothing happens,
 * because the answer would be lost.
 */
export function hangUp(call: Call): () => void {
  const { http } = contextOf(call)
  return () => http?.closeSSE?.()
}
