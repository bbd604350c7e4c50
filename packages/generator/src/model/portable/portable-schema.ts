import type { JsonSchema } from '../../analyse/facts.js'
import { type Keywords, mapSchema } from '../map-schema.js'
import { closedTuple } from './closed-tuple.js'
import { disjointUnion } from './disjoint-union.js'
import { enumOfConst } from './enum-of-const.js'
import { flatUnion } from './flat-union.js'
import { inlineReferences } from './inline-references.js'
import { markedSensitive } from './marked-sensitive.js'
import { namedKeys } from './named-keys.js'
import { openTuple } from './open-tuple.js'
import { plainFormat } from './plain-format.js'
import { splitTypes } from './split-types.js'
import { typedEnum } from './typed-enum.js'
import { withProperties } from './with-properties.js'
import { withoutIdentifiers } from './without-identifiers.js'

type Rewrite = (keywords: Keywords) => Keywords

/** Each says the same in words that more clients know. A later pass goes over what an earlier one wrote. */
function passes(side: 'input' | 'output'): readonly (readonly Rewrite[])[] {
  return [
    [withoutIdentifiers, enumOfConst, typedEnum, splitTypes],
    [closedTuple, ...(side === 'output' ? [openTuple] : []), namedKeys, withProperties],
    [disjointUnion, flatUnion, plainFormat],
  ]
}

/**
 * A schema in the words that every client reads. It accepts what the given one
 * accepts, an output perhaps a little more. What cannot be said that way stays,
 * and `check/` holds it against the limits of the clients that the project is for.
 */
export function portableSchema(declared: JsonSchema, side: 'input' | 'output'): JsonSchema {
  return passes(side).reduce(
    (schema, rewrites) =>
      mapSchema(schema, (keywords) => rewrites.reduce((rewritten, rewrite) => rewrite(rewritten), keywords)),
    // Before a reference is written out with what stands beside it.
    inlineReferences(side === 'input' ? mapSchema(declared, markedSensitive) : declared),
  )
}
