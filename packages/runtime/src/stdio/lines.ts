import { Transform, type TransformCallback } from 'node:stream'
import { parseJSONRPCMessage } from '@modelcontextprotocol/server'
import { LARGEST_BODY, readJson } from '../guard/read-json.js'
import type { Refusal } from '../guard/refusal.js'
import { isRecord } from '../mcp/is-record.js'
import { whyNoBatch } from './batch.js'

/** Who wants to know what became of each line. */
export interface LineReader {
  /** It is a message, which comes out of the stream next; or a batch of so many, each of which comes out by itself. */
  accepted(batchOf?: number): void
  refused(refusal: Refusal): void
  /** There will be no more; resolves when the stream may end. */
  ended(): Promise<void>
}

const NEWLINE = 0x0a
const TOO_LONG: Refusal = { reason: 'body-too-large', limit: LARGEST_BODY }

/**
 * Standard input, a message a line (MCP, stdio), without the lines that are none: with the bounds that a body has
 * over HTTP, and nothing left in memory of a line that is too long. The next line is read all the same.
 */
export class Lines extends Transform {
  readonly #reader: LineReader
  #parts: Buffer[] = []
  #size = 0

  constructor(reader: LineReader) {
    super()
    this.#reader = reader
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, end))
      this.#endLine()
      from = end + 1
    }
    this.#keep(chunk.subarray(from))
    done()
  }

  override _flush(done: TransformCallback): void {
    if (this.#size > 0) this.#reader.refused({ reason: 'body-incomplete' })
    this.#reader.ended().then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    )
  }

  #keep(part: Buffer): void {
    this.#size += part.length
    if (this.#size > LARGEST_BODY) this.#parts = []
    else if (part.length > 0) this.#parts.push(part)
  }

  #endLine(): void {
    const [line, size] = [Buffer.concat(this.#parts), this.#size]
    this.#parts = []
    this.#size = 0
    if (size > LARGEST_BODY) this.#reader.refused(TOO_LONG)
    else if (!isBlank(line)) this.#read(line)
  }

  #read(line: Buffer): void {
    const json = readJson(line)
    const refusal = 'refusal' in json ? json.refusal : whyRefused(json.value)
    if (refusal !== undefined) this.#reader.refused(refusal)
    else if ('value' in json && Array.isArray(json.value)) {
      this.#reader.accepted(json.value.length)
      for (const message of json.value) this.push(`${JSON.stringify(message)}\n`)
    } else {
      this.#reader.accepted()
      this.push(Buffer.concat([line, Buffer.of(NEWLINE)]))
    }
  }
}

/** Spaces, tabs and the first half of a CRLF: nothing. */
function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}

function whyRefused(value: unknown): Refusal | undefined {
  if (Array.isArray(value)) return whyNoBatch(value)
  try {
    parseJSONRPCMessage(value)
    return undefined
  } catch {
    const id = isRecord(value) ? value.id : undefined
    return { reason: 'message-malformed', id: typeof id === 'string' || typeof id === 'number' ? id : null }
  }
}
