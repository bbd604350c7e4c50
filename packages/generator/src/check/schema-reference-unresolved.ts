import { diagnostic } from '../diagnostics/diagnostic.js'
import { referencesOf, resolveReference } from '../model/map-schema.js'
import { declaredSchemas } from './declared-schemas.js'
import type { Rule } from './rule.js'

export const schemaReferenceUnresolved: Rule = ({ model }) =>
  declaredSchemas(model).flatMap(({ item, side, schema: { wire, place } }) =>
    referencesOf(wire.schema)
      .filter((reference) => resolveReference(wire.schema, reference) === null)
      .map((reference) => diagnostic('schema-reference-unresolved', place, { item, side, reference })),
  )
