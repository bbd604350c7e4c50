import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../analyse/facts.js'
import { isSchema, referencesOf, resolveReference } from '../model/map-schema.js'
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
  const sameTargets = haveSameTargets(before, after)
  const open = new Set<string>()
  const failed = new Map<string, readonly Narrowing[]>()
  let left = MOST_COMPARISONS
  const compare = (was: JsonSchema, is: JsonSchema, path: readonly string[]): readonly Narrowing[] => {
    if (isAnything(is) || was === false) return []
    const [old, now] = [resolved(was, before), resolved(is, after)]
    if (now === false) return [{ path, problem: say(direction, 'nothing is taken', 'can be there') }]
    if (isDeepStrictEqual(old, now) && (sameTargets || referencesOf(old).length === 0)) return []
    if (left-- <= 0) return [{ path, problem: 'is too intricate to be compared' }]
    const key = JSON.stringify([was, is])
    // A recursive schema leads back to what is being compared already: it adds nothing to that.
    if (open.has(key)) return []
    const known = failed.get(key)
    if (known !== undefined) return known.map((found) => ({ ...found, path: [...path, ...found.path] }))
    open.add(key)
    const found = narrowed({
      before: asKeywords(old),
      after: asKeywords(now),
      path: [],
      direction,
      compare: (one, other, ...inner) => compare(one, other, inner),
    })
    open.delete(key)
    if (found.length > 0) failed.set(key, found)
    return found.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
  }
  return compare(before, after, [])
}

/** Types that all lead to each other have more ways through them than can be walked. */
const MOST_COMPARISONS = 20_000

function asKeywords(schema: JsonSchema): Keywords {
  return typeof schema === 'boolean' ? {} : schema
}

/** Words for the one direction or the other. */
export function say(direction: Direction, taken: string, given: string): string {
  return direction === 'taken' ? taken : given
}

function isAnything(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0)
}

/** Whether a reference leads to the same in both. */
function haveSameTargets(before: JsonSchema, after: JsonSchema): boolean {
  const isNamed = (reference: string) => reference.startsWith('#/$defs/')
  if (![before, after].every((schema) => referencesOf(schema).every(isNamed))) return false
  return isDeepStrictEqual(asKeywords(before).$defs, asKeywords(after).$defs)
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
