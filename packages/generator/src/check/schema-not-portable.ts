import { diagnostic } from '../diagnostics/diagnostic.js'
import { CLIENTS, type ClientId } from '../model/clients.js'
import { placeInSchema, referencesOf, resolveReference } from '../model/map-schema.js'
import type { SchemaModel, ServerModel } from '../model/server-model.js'
import { CLIENT_LIMITS } from './client-limits.js'
import { declaredSchemas } from './declared-schemas.js'
import { excessesOf, partsOf } from './limit-kinds.js'
import type { Rule } from './rule.js'
import { acceptsAnything } from './schema-accepts-anything.js'

/** One finding for each kind of excess, with the first of its places and every client that refuses it. */
export const schemaNotPortable: Rule = ({ model }) =>
  declaredSchemas(model).flatMap(({ item, side, schema }) => {
    // Of a prompt clients are told the names of the arguments, and no schema.
    if (side === 'arguments' || isReportedAlready(schema)) return []
    return findings(side, schema, model).map(({ what, cure, places, clients }) =>
      diagnostic('schema-not-portable', schema.place, {
        item,
        side,
        what: `${what} at ${firstOf([...places])}`,
        clients: listed([...clients].map((client) => CLIENTS[client])),
        cure,
      }),
    )
  })

/** A schema that is broken in another way is repaired first. */
function isReportedAlready({ declared, wire }: SchemaModel): boolean {
  if (declared === null || acceptsAnything(declared, declared)) return true
  return referencesOf(wire.schema).some((reference) => resolveReference(wire.schema, reference) === null)
}

interface Finding {
  readonly what: string
  readonly cure: string
  readonly places: Set<string>
  readonly clients: Set<ClientId>
}

function findings(side: 'input' | 'output', schema: SchemaModel, { clients }: ServerModel): readonly Finding[] {
  const found = new Map<string, Finding>()
  const parts = partsOf(schema.wire.schema)
  for (const limit of CLIENT_LIMITS) {
    if (!clients.includes(limit.client) || !limit.sides.includes(side)) continue
    for (const { what, cure, path } of excessesOf(parts, limit)) {
      const finding = found.get(what) ?? { what, cure, places: new Set(), clients: new Set() }
      finding.places.add(placeInSchema(path))
      finding.clients.add(limit.client)
      found.set(what, finding)
    }
  }
  return [...found.values()]
}

function firstOf([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return first
  return `${first} and ${others.length} more place${others.length === 1 ? '' : 's'}`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
