import { diagnostic } from '../diagnostics/diagnostic.js'
import { referencesOf, resolveReference } from '../model/map-schema.js'
import type { Rule } from './rule.js'
import { toolSchemas } from './tool-schemas.js'

export const schemaReferenceUnresolved: Rule = ({ model }) =>
  toolSchemas(model).flatMap(({ tool, side, schema: { wire, place } }) =>
    referencesOf(wire.schema)
      .filter((reference) => resolveReference(wire.schema, reference) === null)
      .map((reference) => diagnostic('schema-reference-unresolved', place, { tool, side, reference })),
  )
