import { byCodeUnits } from '../model/order.js'
import { type Keywords, type Narrowing, type Pair, say } from './narrowings.js'

const TYPES = ['array', 'boolean', 'null', 'number', 'object', 'string']

/** Types, and values that are listed one by one. */
export function valueProblems({ before, after, path, direction }: Pair): readonly Narrowing[] {
  const types = lostTypes(before, after)
  if (types.length > 0) {
    return [{ path, problem: say(direction, `no longer takes ${listed(types)}`, `can be ${listed(types)}`) }]
  }
  const now = valuesOf(after)
  if (now === null) return []
  const was = valuesOf(before)
  if (was === null) {
    return [{ path, problem: say(direction, 'takes listed values alone', 'can be more than the listed values') }]
  }
  const lost = was.filter((value) => !now.includes(value))
  if (lost.length === 0) return []
  return [{ path, problem: say(direction, `no longer takes ${listed(lost)}`, `can be ${listed(lost)}`) }]
}

function lostTypes(before: Keywords, after: Keywords): readonly string[] {
  const now = typesOf(after)
  const isTaken = (type: string) => now.includes(type) || (type === 'integer' && now.includes('number'))
  return typesOf(before).filter((type) => !isTaken(type))
}

function typesOf({ type, ...rest }: Keywords): readonly string[] {
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.map(String)
  const values = rest.enum ?? ('const' in rest ? [rest.const] : null)
  return Array.isArray(values) ? [...new Set(values.map(typeOf))].sort(byCodeUnits) : TYPES
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** As JSON, so that they can be compared. */
function valuesOf(schema: Keywords): readonly string[] | null {
  const values = 'const' in schema ? [schema.const] : schema.enum
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : null
}

function listed(values: readonly string[]): string {
  return values.join(', ')
}
