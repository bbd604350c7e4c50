import { type ContentBlock, specTypeSchemas } from '@modelcontextprotocol/server'
import { isRecord } from './is-record.js'

export type { ContentBlock } from '@modelcontextprotocol/server'

type Values = Readonly<Record<string, unknown>>

/**
 * Only what a block is made of: whatever else the handler's object holds stays here.
 *
 * @throws {TypeError} when it is no block, or holds what the protocol does not allow in one; the message quotes nothing
 */
export function contentBlock(value: unknown): ContentBlock {
  const block = isRecord(value) ? blockOf(value) : undefined
  if (block === undefined || !isRecord(value)) {
    throw new TypeError('A content block is what text(), image(), audio(), resource() or link() of the DSL return.')
  }
  // The SDK checks results as well, and tells the client what it finds in them: it is the handler's mistake, for the log.
  const checked = specTypeSchemas.ContentBlock['~standard'].validate({ ...block, ...annotationsOf(value) })
  if (checked instanceof Promise || checked.issues !== undefined) {
    throw new TypeError(
      `A content block of the type ${block.type} holds what no client can read: data is Base64, lastModified a time (ISO 8601).`,
    )
  }
  return checked.value
}

function blockOf(value: Values): ContentBlock | undefined {
  const { type, text, mimeType } = value
  switch (type) {
    case 'text':
      return typeof text === 'string' ? { type, text } : undefined
    case 'image':
    case 'audio': {
      const data = base64(value.data)
      return data !== undefined && typeof mimeType === 'string' ? { type, data, mimeType } : undefined
    }
    case 'resource':
      return isRecord(value.resource) ? embedded(value.resource) : undefined
    case 'resource_link':
      return link(value)
    default:
      return undefined
  }
}

function embedded(value: Values): ContentBlock | undefined {
  const { uri, text } = value
  if (typeof uri !== 'string') return undefined
  const about = { uri, ...texts(value, ['mimeType']) }
  if (typeof text === 'string') return { type: 'resource', resource: { ...about, text } }
  const blob = base64(value.blob)
  return blob === undefined ? undefined : { type: 'resource', resource: { ...about, blob } }
}

function link(value: Values): ContentBlock | undefined {
  const { uri, name } = value
  if (typeof uri !== 'string' || typeof name !== 'string') return undefined
  return { type: 'resource_link', uri, name, ...texts(value, ['title', 'description', 'mimeType']) }
}

function texts(value: Values, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const text = value[name]
    if (typeof text === 'string') found[name] = text
    else if (text !== undefined) throw new TypeError(`A content block gives ${name} as text.`)
  }
  return found
}

function base64(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (!(value instanceof Uint8Array)) return undefined
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
}

/** MCP, annotations: whom a block is for, how much it matters, when it was written. */
function annotationsOf({ annotations }: Values): Pick<ContentBlock, 'annotations'> {
  if (!isRecord(annotations)) return {}
  const { audience, priority, lastModified } = annotations
  const readers = Array.isArray(audience) ? audience.filter((one) => one === 'user' || one === 'assistant') : []
  return {
    annotations: {
      ...(readers.length === 0 ? {} : { audience: readers }),
      ...(typeof priority === 'number' && priority >= 0 && priority <= 1 ? { priority } : {}),
      ...(typeof lastModified === 'string' ? { lastModified } : {}),
    },
  }
}
