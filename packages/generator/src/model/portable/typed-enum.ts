import type { Keywords } from '../map-schema.js'
import { typeOf } from './json-types.js'

/** A list of values with the type that they have; values of several types become alternatives. */
export function typedEnum(keywords: Keywords): Keywords {
  const { enum: values, ...rest } = keywords
  if (!Array.isArray(values) || 'type' in keywords) return keywords
  const types = [...new Set(values.map(typeOf))]
  const alternatives = types.map((type) => listOf(type, values))
  const [only] = alternatives
  if (only !== undefined && alternatives.length === 1) return { ...only, ...rest }
  return 'anyOf' in rest ? keywords : { ...rest, anyOf: alternatives }
}

function listOf(type: string, values: readonly unknown[]): Keywords {
  return type === 'null' ? { type } : { type, enum: values.filter((value) => typeOf(value) === type) }
}
