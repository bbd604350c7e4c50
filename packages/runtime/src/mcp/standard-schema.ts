import type { ParsingSchema } from '../definition.js'
import { isRecord } from './is-record.js'

export interface Issue {
  /** Property names and indexes, outermost first. */
  readonly path: readonly string[]
  readonly message: string
}

export type Parsed = { readonly value: unknown } | { readonly issues: readonly Issue[] }

/** Parses a value with any Standard Schema (version 1), synchronous or not. */
export async function parseWith(schema: ParsingSchema, value: unknown): Promise<Parsed> {
  const result: unknown = await schema['~standard'].validate(value)
  if (!isRecord(result)) throw new TypeError('The schema did not answer as the Standard Schema specification says.')
  if (!Array.isArray(result.issues)) return { value: result.value }
  return { issues: result.issues.map(readIssue) }
}

function readIssue(issue: unknown): Issue {
  if (!isRecord(issue)) return { path: [], message: 'is not valid' }
  const path = Array.isArray(issue.path) ? issue.path.map(segment) : []
  return { path, message: typeof issue.message === 'string' ? issue.message : 'is not valid' }
}

function segment(part: unknown): string {
  return String(isRecord(part) ? part.key : part)
}
