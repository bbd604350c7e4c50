import type { JsonSchema } from '../../analyse/facts.js'
import { isSchema, type Keywords } from '../map-schema.js'

/**
 * An integer among the alternatives of an argument as a number that is a
 * multiple of 1: one client compares the type of the value with the words of a
 * union, and only knows numbers there. Deeper ones it does not look at.
 */
export function numberAlternatives(root: Keywords): Keywords {
  const { properties } = root
  if (!isSchema(properties) || typeof properties === 'boolean') return root
  const rewritten = Object.entries(properties).map(([name, part]): [string, unknown] => [name, inArgument(part)])
  return { ...root, properties: Object.fromEntries(rewritten) }
}

function inArgument(part: unknown): unknown {
  if (!isSchema(part) || typeof part === 'boolean' || !Array.isArray(part.anyOf)) return part
  return { ...part, anyOf: part.anyOf.map((alternative) => asNumber(alternative as JsonSchema)) }
}

function asNumber(alternative: JsonSchema): JsonSchema {
  if (typeof alternative === 'boolean' || alternative.type !== 'integer') return alternative
  const { multipleOf = 1 } = alternative
  return Number.isInteger(multipleOf) ? { ...alternative, type: 'number', multipleOf } : alternative
}
