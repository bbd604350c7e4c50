import { isRecord } from '../mcp/is-record.js'
import { type Refused, refuse } from './refusal.js'

const LONGEST_BATCH = 100
/** The only revision with batches, and the one that a request without a version header speaks. */
export const BATCHING_VERSION = '2025-03-26'

/** What is wrong with a batch as a whole, or nothing. Its messages are judged one by one, like any other. */
export function checkBatch(batch: readonly unknown[], versionHeader: string | undefined): Refused | undefined {
  if (versionHeader !== undefined && versionHeader !== BATCHING_VERSION) return refuse({ reason: 'batch-not-offered' })
  if (batch.length === 0) return refuse({ reason: 'batch-empty' })
  if (batch.length > LONGEST_BATCH) return refuse({ reason: 'batch-too-long', limit: LONGEST_BATCH })
  return isAmbiguous(batch) ? refuse({ reason: 'batch-ambiguous' }) : undefined
}

/**
 * Two requests with one id get one answer between them, and a request that the
 * same batch cancels gets none, although the stream that waits for it stays open.
 */
function isAmbiguous(batch: readonly unknown[]): boolean {
  const messages = batch.map(readIds)
  const ids = messages.flatMap(({ id }) => (id === undefined ? [] : [id]))
  return (
    new Set(ids).size < ids.length || messages.some(({ cancels }) => cancels !== undefined && ids.includes(cancels))
  )
}

function readIds(message: unknown): { readonly id?: unknown; readonly cancels?: unknown } {
  if (!isRecord(message) || !('method' in message)) return {}
  if ('id' in message) return { id: message.id }
  const { method, params } = message
  if (method !== 'notifications/cancelled' || !isRecord(params)) return {}
  return { cancels: params.requestId }
}
