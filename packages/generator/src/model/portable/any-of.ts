import { isDeepStrictEqual } from 'node:util'

/** A schema for what any of these takes, without repetitions. */
export function anyOf(schemas: readonly unknown[]): unknown {
  const flat = schemas.flatMap(alternativesIn)
  const different = flat.filter(
    (schema, index) => flat.findIndex((other) => isDeepStrictEqual(other, schema)) === index,
  )
  return different.length === 1 ? different[0] : { anyOf: different }
}

function alternativesIn(schema: unknown): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null || !('anyOf' in schema)) return [schema]
  return Array.isArray(schema.anyOf) && Object.keys(schema).length === 1 ? schema.anyOf : [schema]
}
