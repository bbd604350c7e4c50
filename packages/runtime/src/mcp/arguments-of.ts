import { isRecord } from './is-record.js'

/** The arguments of a call, as they came. */
export function argumentsOf(body: unknown): unknown {
  return isRecord(body) && isRecord(body.params) ? body.params.arguments : undefined
}
