import { isRecord } from './is-record.js'

export type ContentBlock = { type: 'text'; text: string } | { type: 'image' | 'audio'; data: string; mimeType: string }

/**
 * Only what a block is made of: whatever else the handler's object holds stays here.
 *
 * @throws {TypeError} when it is no block
 */
export function contentBlock(value: unknown): ContentBlock {
  if (isRecord(value)) {
    const { type, text, data, mimeType } = value
    if (type === 'text' && typeof text === 'string') return { type, text }
    if ((type === 'image' || type === 'audio') && typeof data === 'string' && typeof mimeType === 'string') {
      return { type, data, mimeType }
    }
  }
  throw new TypeError('A content block is { type: "text", text } or { type: "image" | "audio", data, mimeType }.')
}
