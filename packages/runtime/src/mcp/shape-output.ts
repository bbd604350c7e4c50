import type { CallToolResult } from '@modelcontextprotocol/server'
import { contentBlock } from './content-block.js'
import { isRecord } from './is-record.js'
import { parseWith } from './standard-schema.js'
import type { PreparedTool } from './tool-catalogue.js'

/**
 * A handler's value as clients get it. With an output schema it is parsed by
 * it, so that what the schema does not declare does not leave the server.
 *
 * @throws {TypeError} when the value is not what the tool declares; the message names fields, never values
 */
export async function shapeOutput(tool: PreparedTool, value: unknown): Promise<CallToolResult> {
  if (tool.output === null || tool.module.output === undefined) return contentOf(value)
  const parsed = await parseWith(tool.module.output, value)
  if ('issues' in parsed) {
    const fields = parsed.issues.map(({ path, message }) => `${path.join('.') || 'value'}: ${message}`)
    throw new TypeError(`The tool returned what its output schema does not allow: ${fields.join('; ')}`)
  }
  const { wrapped } = tool.output
  const wire = wrapped === null ? parsed.value : { [wrapped]: parsed.value }
  // Through JSON, so that the text and the structured content are the same value: a Date is a string in both.
  const text = JSON.stringify(wire)
  const structuredContent: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isRecord(structuredContent)) throw new TypeError('The tool returned no object.')
  // Without it the answer would not be what the list of tools says (MCP, tools, output schema).
  if (wrapped !== null && !Object.hasOwn(structuredContent, wrapped)) throw new TypeError('The tool returned no value.')
  return { content: [{ type: 'text', text }], structuredContent }
}

function contentOf(value: unknown): CallToolResult {
  if (typeof value === 'string') return { content: [{ type: 'text', text: value }] }
  if (isRecord(value) && Array.isArray(value.content)) return { content: value.content.map(contentBlock) }
  throw new TypeError('A tool without an output schema returns a string or { content: [...] }.')
}
