/** Who a part of an answer is for, and how much it matters: hints for clients. */
export interface ContentAnnotations {
  readonly audience?: readonly ('user' | 'assistant')[]
  /** From 0, of no importance, to 1. */
  readonly priority?: number
  /** ISO 8601. */
  readonly lastModified?: string
}

export interface TextBlock {
  readonly type: 'text'
  readonly text: string
  readonly annotations?: ContentAnnotations
}

export interface MediaBlock {
  readonly type: 'image' | 'audio'
  /** The bytes, or base64 of them. */
  readonly data: Uint8Array | string
  readonly mimeType: string
  readonly annotations?: ContentAnnotations
}

/** The content of a resource, inside an answer. */
export interface EmbeddedBlock {
  readonly type: 'resource'
  readonly resource:
    | { readonly uri: string; readonly mimeType?: string; readonly text: string }
    | { readonly uri: string; readonly mimeType?: string; readonly blob: Uint8Array }
  readonly annotations?: ContentAnnotations
}

/** A resource that the client may read, and may be refused. */
export interface LinkBlock {
  readonly type: 'resource_link'
  readonly uri: string
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly mimeType?: string
  readonly annotations?: ContentAnnotations
}

/** One part of what a tool answers or a prompt says. */
export type ContentBlock = TextBlock | MediaBlock | EmbeddedBlock | LinkBlock

/** A text. */
export function text(text: string, annotations?: ContentAnnotations): TextBlock {
  return { type: 'text', text, ...(annotations && { annotations }) }
}

/** An image: its bytes, or base64 of them. */
export function image(data: Uint8Array | string, mimeType: string, annotations?: ContentAnnotations): MediaBlock {
  return { type: 'image', data, mimeType, ...(annotations && { annotations }) }
}

/** Sound: its bytes, or base64 of them. */
export function audio(data: Uint8Array | string, mimeType: string, annotations?: ContentAnnotations): MediaBlock {
  return { type: 'audio', data, mimeType, ...(annotations && { annotations }) }
}

/** The content of a resource, inside the answer: whoever gets the answer gets it, whatever they may read. */
export function resource(resource: EmbeddedBlock['resource'], annotations?: ContentAnnotations): EmbeddedBlock {
  return { type: 'resource', resource, ...(annotations && { annotations }) }
}

/** A link to a resource: reading it takes what the resource asks for. */
export function link(link: Omit<LinkBlock, 'type'>): LinkBlock {
  return { type: 'resource_link', ...link }
}
