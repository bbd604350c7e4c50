import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../analyse/facts.js'
import { isSchema, resolveReference } from '../model/map-schema.js'
import { boundProblems } from './narrowed-bounds.js'
import { objectProblems } from './narrowed-object.js'
import { valueProblems } from './narrowed-values.js'

/** Something that the first schema accepts and the second may not. */
export interface Narrowing {
  /** Where, as names of properties, `[]` for the items of a list. */
  readonly path: readonly string[]
  /** In words, about what is there: `is now required`. */
  readonly problem: string
}

/** Whether it is about what callers send, or about what they get. */
export type Direction = 'taken' | 'given'

/** Two schemas that are compared, with the documents that their references point into. */
export interface Pair {
  readonly before: Keywords
  readonly after: Keywords
  readonly path: readonly string[]
  readonly direction: Direction
  /** Compares a part of them. */
  readonly compare: (before: JsonSchema, after: JsonSchema, ...path: readonly string[]) => readonly Narrowing[]
}

export type Keywords = { readonly [keyword: string]: unknown }

/**
 * What `before` accepts and `after` may not. It does not prove that there is
 * nothing else: it reads the keywords that schemas of tools are made of, and says
 * of every other one that changed that it changed.
 */
export function narrowings(before: JsonSchema, after: JsonSchema, direction: Direction): readonly Narrowing[] {
  const visited = new Set<string>()
  const compare = (was: JsonSchema, is: JsonSchema, path: readonly string[]): readonly Narrowing[] => {
    if (isAnything(is)) return []
    if (is === false)
      return was === false ? [] : [{ path, problem: say(direction, 'nothing is taken', 'can be there') }]
    if (was === false) return []
    // A recursive schema leads back to where it was compared already.
    const key = JSON.stringify([was, is])
    if (visited.has(key)) return []
    visited.add(key)
    const [old, now] = [resolved(was, before), resolved(is, after)]
    if (isDeepStrictEqual(old, now) && !hasReference(old)) return []
    if (typeof old === 'boolean' || typeof now === 'boolean') return compare(old, now, path)
    const part: Pair['compare'] = (one, other, ...inner) => compare(one, other, [...path, ...inner])
    return narrowed({ before: old, after: now, path, direction, compare: part })
  }
  return compare(before, after, [])
}

/** Words for the one direction or the other. */
export function say(direction: Direction, taken: string, given: string): string {
  return direction === 'taken' ? taken : given
}

function isAnything(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0)
}

function hasReference(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"$ref"')
}

function resolved(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  if (typeof schema === 'boolean' || typeof schema.$ref !== 'string' || depth > 16) return schema
  const target = resolveReference(root, schema.$ref)
  if (target === null || Object.keys(schema).length > 1) return schema
  return resolved(target, root, depth + 1)
}

function narrowed(pair: Pair): readonly Narrowing[] {
  const { before, after, path, direction } = pair
  const branches = branchesOf(before)
  const alternatives = branchesOf(after)
  if (branches !== null || alternatives !== null) {
    return compareAlternatives(pair, branches ?? [before], alternatives ?? [after])
  }
  const others = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (keyword) => !READ.has(keyword) && keyword in after && !isDeepStrictEqual(before[keyword], after[keyword]),
  )
  return [
    ...valueProblems(pair),
    ...boundProblems(pair),
    ...objectProblems(pair),
    ...others.map((keyword) => ({
      path,
      problem: say(direction, `${keyword} of what is taken changed`, `${keyword} of what is given changed`),
    })),
  ]
}

/** Keywords that are compared, or that accept nothing less by themselves. */
const READ = new Set([
  '$defs',
  '$id',
  'additionalProperties',
  'const',
  'definitions',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
  'required',
  'type',
  'uniqueItems',
])

/** The alternatives of a schema that is nothing but alternatives. */
function branchesOf(schema: Keywords): readonly JsonSchema[] | null {
  const [keyword, ...more] = Object.keys(schema)
  if ((keyword !== 'anyOf' && keyword !== 'oneOf') || more.length > 0) return null
  const branches = schema[keyword]
  return Array.isArray(branches) && branches.every(isSchema) ? branches : null
}

/** Each old alternative has to fit into one of the new ones. */
function compareAlternatives(
  { path, direction, compare }: Pair,
  before: readonly JsonSchema[],
  after: readonly JsonSchema[],
): readonly Narrowing[] {
  const lost = before.filter((branch) => !after.some((other) => compare(branch, other).length === 0))
  if (lost.length === 0) return []
  const [branch, ...more] = lost
  const [other, ...others] = after
  // With one on each side, what is narrower can be named.
  if (branch !== undefined && other !== undefined && before.length === 1 && more.length + others.length === 0)
    return compare(branch, other)
  const count = lost.length === 1 ? 'one alternative' : `${lost.length} alternatives`
  return [{ path, problem: say(direction, `no longer takes ${count}`, `gives ${count} more`) }]
}
