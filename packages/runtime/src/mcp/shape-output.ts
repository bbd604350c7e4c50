import type { CallToolResult } from '@modelcontextprotocol/server'
import type { WireSchema } from '../definition.js'
import { contentBlock } from './content-block.js'
import { isRecord } from './is-record.js'
import { keepDeclared } from './keep-declared.js'
import { type Issue, parseWith } from './standard-schema.js'
import type { PreparedTool } from './tool-catalogue.js'

/**
 * A handler's value as clients get it: what the output schema names, and nothing
 * besides. It is parsed by the schema, and what the parser lets through is held
 * against what clients were told, so that a library which keeps what it does not
 * know lets nothing out either.
 *
 * @throws {TypeError} when the value is not what the tool declares; the message names fields, never values
 */
export async function shapeOutput(tool: PreparedTool, value: unknown): Promise<CallToolResult> {
  if (tool.output === null || tool.module.output === undefined) return contentOf(value)
  const { schema, wrapped } = tool.output
  const wire = wrapped === null ? await parsed(tool, value) : { [wrapped]: await parsed(tool, value) }
  // Through JSON, so that the text and the structured content are the same value: a Date is a string in both.
  const structuredContent: unknown = keepDeclared(throughJson(wire), schema)
  if (!isRecord(structuredContent)) throw new TypeError('The tool returned no object.')
  // Without it the answer would not be what the list of tools says (MCP, tools, output schema).
  if (wrapped !== null && !Object.hasOwn(structuredContent, wrapped)) throw new TypeError('The tool returned no value.')
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent }
}

async function parsed({ module, output }: PreparedTool, value: unknown): Promise<unknown> {
  if (module.output === undefined || output === null) return value
  const given = isRawSchema(module.output) ? declaredPart(value, output) : value
  const result = await parseWith(module.output, given)
  if ('value' in result) return result.value
  const fields = result.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${withoutValue(issue, given)}`)
  throw new TypeError(`The tool returned what its output schema does not allow: ${fields.join('; ')}`)
}

/** A raw JSON Schema drops nothing: it would refuse a row for a column that the schema leaves out. */
function declaredPart(value: unknown, { schema, wrapped }: WireSchema): unknown {
  const travelling = keepDeclared(throughJson(wrapped === null ? value : { [wrapped]: value }), schema)
  return wrapped === null || !isRecord(travelling) ? travelling : travelling[wrapped]
}

function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  return text === undefined ? undefined : JSON.parse(text)
}

/** What `jsonSchema()` of the DSL makes; by its mark, because the project may have another copy of the DSL. */
function isRawSchema(schema: object): boolean {
  return 'mcp-secure.json-schema' in schema && schema['mcp-secure.json-schema'] === true
}

/** Some libraries quote what they were given, which may be what must not be logged. */
function withoutValue({ path, message }: Issue, value: unknown): string {
  let at = value
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  const isQuoted = (typeof at === 'string' || typeof at === 'number') && message.includes(String(at))
  return isQuoted ? 'is not what the schema wants' : message
}

function contentOf(value: unknown): CallToolResult {
  if (typeof value === 'string') return { content: [{ type: 'text', text: value }] }
  if (isRecord(value) && Array.isArray(value.content)) return { content: value.content.map(contentBlock) }
  throw new TypeError('A tool without an output schema returns a string or { content: [...] }.')
}
