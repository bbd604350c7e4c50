import { diagnostic } from '../diagnostics/diagnostic.js'
import { hasKeyword } from '../model/map-schema.js'
import type { Rule } from './rule.js'
import { toolSchemas } from './tool-schemas.js'

/** MCP 2026-07-28, Streamable HTTP: a header that mirrors an argument must be compared with it. */
export const headerAnnotationUnchecked: Rule = ({ model }) =>
  toolSchemas(model)
    .filter(({ side, schema }) => side === 'input' && hasKeyword(schema.wire.schema, 'x-mcp-header'))
    .map(({ tool, schema }) => diagnostic('header-annotation-unchecked', schema.place, { tool }))
