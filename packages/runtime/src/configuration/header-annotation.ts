/** Keywords whose value maps names to schemas: the names are the user's own. */
const NAMED_SCHEMAS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])
/** Keywords whose value is data, not a schema. */
const DATA = new Set(['const', 'enum', 'default', 'examples'])

/** Whether a JSON Schema asks, anywhere in it, for an argument to be repeated in a header (MCP 2026-07-28). */
export function hasHeaderAnnotation(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  if (Array.isArray(schema)) return schema.some(hasHeaderAnnotation)
  return Object.entries(schema).some(([keyword, value]) => {
    if (keyword === 'x-mcp-header') return true
    if (DATA.has(keyword)) return false
    if (!NAMED_SCHEMAS.has(keyword)) return hasHeaderAnnotation(value)
    return typeof value === 'object' && value !== null && Object.values(value).some(hasHeaderAnnotation)
  })
}
