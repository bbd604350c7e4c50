import { isRecord } from '../mcp/is-record.js'
import { type Schema, schemaParts } from '../mcp/schema-parts.js'
import {
  hasSensitiveNames,
  holdsSensitive,
  isScalar,
  isSensitive,
  isStructure,
  itemSchemas,
  propertySchemas,
} from './declared-schemas.js'

/** What stands in a record in the place of something that must not be there. */
export const MASKED = '(masked)'
const UNDECLARED = '(undeclared)'
const CUT = '(cut)'

const LONGEST_TEXT = 200
const MOST_ITEMS = 20
const DEEPEST = 8

/**
 * Arguments as a record may hold them. Only what the schema declares is shown,
 * and nothing that it marks as sensitive in any of its branches: `sensitive` (of
 * zod's `.meta()`), `x-sensitive`, `writeOnly`, or the format `password`. An
 * object whose names are sensitive is masked as a whole. What looks like a token
 * is masked wherever it stands, and what is long is cut.
 */
export function maskArguments(value: unknown, schema: Schema): unknown {
  return mask(value, [schema], { root: schema, depth: 0 })
}

interface Where {
  /** What `$ref` refers into. */
  readonly root: Schema
  readonly depth: number
}

function mask(value: unknown, declared: readonly unknown[], where: Where): unknown {
  const schemas = schemaParts(declared, where.root)
  // A value is as sensitive as the most sensitive of what applies to it.
  if (schemas.some(isSensitive)) return MASKED
  if (where.depth > DEEPEST) return CUT
  const inner = { ...where, depth: where.depth + 1 }
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item, index) => shown(item, itemSchemas(schemas, index), inner))
    return value.length > MOST_ITEMS ? [...items, CUT] : items
  }
  if (!isRecord(value)) return shownScalar(value, schemas, where.root)
  if (hasSensitiveNames(schemas, where.root)) return MASKED
  const entries = Object.entries(value).slice(0, MOST_ITEMS)
  return Object.fromEntries(
    entries.map(([name, own]) => {
      return [shownText(name), shown(own, propertySchemas(schemas, name), inner)]
    }),
  )
}

/** What no schema speaks of may be anything, put in the wrong place. */
function shown(value: unknown, schemas: readonly unknown[], where: Where): unknown {
  return schemas.length === 0 ? UNDECLARED : mask(value, schemas, where)
}

/**
 * A text, a number or the like. Models send an object as a text with its JSON: what would be sensitive in the one
 * is in the other, and where only an object or a list is declared, a text is in the wrong place.
 */
function shownScalar(value: unknown, schemas: readonly Schema[], root: Schema): unknown {
  if (holdsSensitive(schemas, root)) return MASKED
  if (schemas.some(isStructure) && !schemas.some(isScalar)) return UNDECLARED
  return typeof value === 'string' ? shownText(value) : value
}

/** Three parts, the first of which begins an object: a JWT. Or what a person pastes from a header. */
const TOKEN = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*|\bbearer\s+[A-Za-z0-9._~+/-]{8,}/i

function shownText(text: string): string {
  if (TOKEN.test(text)) return MASKED
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}${CUT}` : text
}
