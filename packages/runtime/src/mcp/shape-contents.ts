import { isRecord } from './is-record.js'

export type Contents = { uri: string; mimeType: string } & ({ text: string } | { blob: string })

/** Bytes of all that one read returns. Whatever is larger does not belong into a model's context. */
const LARGEST_CONTENTS = 16 * 1024 * 1024

/**
 * A handler's value as clients get it: only what contents are made of leaves the
 * server. `mimeType` is that of text which does not say.
 *
 * @throws {TypeError} when the value is no content, or too much of it
 */
export function shapeContents(uri: string, value: unknown, mimeType = 'text/plain'): Contents[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw new TypeError('A resource without content is undefined, not an empty list.')
  const size = values.reduce<number>((sum, one) => sum + sizeOf(one), 0)
  if (size > LARGEST_CONTENTS) throw new TypeError(`The resource returned more than ${LARGEST_CONTENTS} bytes.`)
  return values.map((one) => contentsOf(uri, one, mimeType))
}

function contentsOf(uri: string, value: unknown, otherwise: string): Contents {
  if (typeof value === 'string') return { uri, mimeType: otherwise, text: value }
  if (isRecord(value)) {
    const { text, blob, mimeType } = value
    if (typeof text === 'string' && blob === undefined && isOptionalText(mimeType)) {
      return { uri, mimeType: mimeType ?? otherwise, text }
    }
    if (blob instanceof Uint8Array && text === undefined && typeof mimeType === 'string') {
      return { uri, mimeType, blob: Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength).toString('base64') }
    }
  }
  throw new TypeError('Content is a string, { text, mimeType? } or { blob: Uint8Array, mimeType }.')
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (!isRecord(value)) return 0
  return value.blob instanceof Uint8Array ? value.blob.byteLength : sizeOf(value.text)
}
