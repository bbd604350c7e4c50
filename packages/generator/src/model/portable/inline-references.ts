import type { JsonSchema } from '../../analyse/facts.js'
import { isSchema, type Keywords, mapSchema, referencesOf, resolveReference } from '../map-schema.js'
import { isAnnotation } from './json-types.js'

/** Parts that refer to each other twice double with each level: beyond this, references stay. */
const MOST_PARTS = 10_000
/** As deep as a schema may be nested by hand. */
const MOST_LEVELS = 256

class TooLarge extends Error {}

/**
 * Writes out what references point at, in place of the reference. What points at
 * itself cannot be written out: it becomes a definition at the root.
 */
export function inlineReferences(root: JsonSchema): JsonSchema {
  if (typeof root === 'boolean' || referencesOf(root).length === 0) return root
  try {
    return inline(root)
  } catch (error) {
    if (error instanceof TooLarge) return root
    throw error
  }
}

function inline(root: Keywords): JsonSchema {
  const definitions = new Map<string, { readonly name: string; schema: JsonSchema }>()
  const recursive = recursiveReferences(root)
  let parts = 0
  let level = 0

  const expanded = (reference: string): JsonSchema | null => {
    const target = resolveReference(root, reference)
    if (target === null) return null
    if (!recursive.has(reference)) return writtenOut(target)
    const known = definitions.get(reference)
    if (known !== undefined) return { $ref: `#/$defs/${known.name}` }
    const definition = { name: nameFor(reference, definitions), schema: true as JsonSchema }
    definitions.set(reference, definition)
    definition.schema = writtenOut(target)
    return { $ref: `#/$defs/${definition.name}` }
  }

  const writtenOut = (schema: JsonSchema): JsonSchema => {
    level++
    if (level > MOST_LEVELS) throw new TooLarge()
    const written = mapSchema(withoutDefinitions(schema), (keywords) => {
      parts++
      if (parts > MOST_PARTS) throw new TooLarge()
      const { $ref, ...rest } = withoutDefinitions(keywords) as Keywords
      if (typeof $ref !== 'string') return rest
      const target = expanded($ref)
      return target === null ? { $ref, ...rest } : merged(target, rest)
    })
    level--
    return written
  }

  const whole = writtenOut(root)
  if (definitions.size === 0 || typeof whole === 'boolean') return whole
  const written = [...definitions.values()].map(({ name, schema }) => [name, schema] as const)
  return { ...whole, $defs: Object.fromEntries(written) }
}

function withoutDefinitions(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema
  const { $defs: _new, definitions: _old, ...rest } = schema
  return rest
}

/** Keywords beside `$ref` hold together with what it points at (2020-12, section 8.2.3.1). */
function merged(target: JsonSchema, beside: Keywords): JsonSchema {
  if (Object.keys(beside).length === 0) return target
  const isDescribed = Object.keys(beside).every(isAnnotation) && typeof target !== 'boolean'
  if (isDescribed) return { ...target, ...beside }
  const { allOf, ...rest } = beside
  return { ...rest, allOf: [target, ...(Array.isArray(allOf) ? allOf : [])] }
}

/** The references that lead back to themselves. */
function recursiveReferences(root: JsonSchema): ReadonlySet<string> {
  const next = new Map<string, readonly string[]>()
  const followed = (reference: string): readonly string[] => {
    const known = next.get(reference)
    if (known !== undefined) return known
    const target = resolveReference(root, reference)
    const found = target === null ? [] : referencesOf(isSchema(target) ? ownPart(target, root) : target)
    next.set(reference, found)
    return found
  }
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>()
    const left = [...followed(from)]
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      if (at === to) return true
      if (!seen.has(at)) left.push(...followed(at))
      seen.add(at)
    }
    return false
  }
  return new Set(referencesOf(root).filter((reference) => reaches(reference, reference)))
}

/** The root holds the definitions, but is not made of them. */
function ownPart(target: JsonSchema, root: JsonSchema): JsonSchema {
  return target === root ? withoutDefinitions(target) : target
}

function nameFor(reference: string, taken: ReadonlyMap<string, { readonly name: string }>): string {
  const [, own] = /^#\/(?:\$defs|definitions)\/([A-Za-z0-9_.-]+)$/.exec(reference) ?? []
  const used = [...taken.values()].map(({ name }) => name)
  if (own !== undefined && !used.includes(own)) return own
  let number = taken.size + 1
  while (used.includes(`part${number}`)) number++
  return `part${number}`
}
