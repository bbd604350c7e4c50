import { headerValue } from './header-value.js'

/**
 * MCP 2026-07-28, Streamable HTTP: arguments that a tool wants repeated in
 * headers (`x-mcp-header`), where properties alone lead to them.
 */
export function argumentHeaders(schema: unknown, input: unknown): Readonly<Record<string, string>> {
  if (!isRecord(schema)) return {}
  const name = schema['x-mcp-header']
  const own =
    typeof name === 'string' && isRepeated(input)
      ? [[`mcp-param-${name.toLowerCase()}`, headerValue(String(input))]]
      : []
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : []
  const inner = properties.flatMap(([key, property]) =>
    isRecord(input) && Object.hasOwn(input, key) ? Object.entries(argumentHeaders(property, input[key])) : [],
  )
  return Object.fromEntries([...own, ...inner])
}

/** Null and what is absent have no header. */
function isRepeated(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
