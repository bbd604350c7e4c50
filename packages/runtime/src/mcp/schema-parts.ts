import { isRecord } from './is-record.js'

export type Schema = Readonly<Record<string, unknown>>

const LISTS = ['allOf', 'anyOf', 'oneOf'] as const
const SINGLE = ['if', 'then', 'else'] as const

/** JSON Schemas with all that may apply to the same value: what they refer to, their alternatives and their conditions. */
export function schemaParts(schemas: readonly unknown[], root: Schema): readonly Schema[] {
  const found = new Set<Schema>()
  const left: unknown[] = [...schemas]
  while (left.length > 0) {
    const part = left.pop()
    if (!isRecord(part) || found.has(part)) continue
    found.add(part)
    left.push(referred(part.$ref, root), referred(part.$dynamicRef, root))
    for (const keyword of LISTS) if (Array.isArray(part[keyword])) left.push(...part[keyword])
    for (const keyword of SINGLE) left.push(part[keyword])
    if (isRecord(part.dependentSchemas)) left.push(...Object.values(part.dependentSchemas))
  }
  return [...found]
}

/** RFC 6901. The compiler has made sure that every reference leads somewhere in the same document. */
function referred(reference: unknown, root: Schema): unknown {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined
  let at: unknown = root
  for (const token of reference.split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
    at = Array.isArray(at) ? at[Number(key)] : isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined
  }
  return at
}
