import { diagnostic } from '../diagnostics/diagnostic.js'
import { hasKeyword } from '../model/map-schema.js'
import { declaredSchemas } from './declared-schemas.js'
import type { Rule } from './rule.js'

/** MCP 2026-07-28, Streamable HTTP: a header that mirrors an argument must be compared with it. */
export const headerAnnotationUnchecked: Rule = ({ model }) =>
  declaredSchemas(model)
    .filter(({ side, schema }) => side === 'input' && hasKeyword(schema.wire.schema, 'x-mcp-header'))
    .map(({ item, schema }) => diagnostic('header-annotation-unchecked', schema.place, { item }))
