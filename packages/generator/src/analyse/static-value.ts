import type { Place } from '../diagnostics/diagnostic.js'

/**
 * An expression of the source as plain data, each part with its place. This is
 * all that leaves the syntax tree.
 */
export type StaticValue = StaticLiteral | StaticArray | StaticObject | StaticCall | StaticFunction | Unreadable

export interface StaticLiteral {
  readonly kind: 'literal'
  readonly value: string | number | boolean | null | undefined
  readonly place: Place
}

export interface StaticArray {
  readonly kind: 'array'
  readonly items: readonly StaticValue[]
  readonly place: Place
}

export interface StaticObject {
  readonly kind: 'object'
  readonly members: readonly StaticMember[]
  /** Spreads and computed keys: any of them may bring any property. */
  readonly hidden: readonly Unreadable[]
  readonly place: Place
}

export interface StaticMember {
  readonly key: string
  /** Where the key stands. */
  readonly place: Place
  readonly value: StaticValue
}

/** A call of a function of `@mcp-secure/spec`, by the name that the package exports. */
export interface StaticCall {
  readonly kind: 'call'
  readonly callee: string
  readonly arguments: readonly StaticValue[]
  readonly place: Place
}

export interface StaticFunction {
  readonly kind: 'function'
  readonly place: Place
}

export interface Unreadable {
  readonly kind: 'unreadable'
  /** What stands there, with its article: "a function call". */
  readonly construct: string
  readonly place: Place
}

/** The property of that name; `undefined` written out counts as absent. */
export function member(object: StaticObject, key: string): StaticMember | null {
  const found = object.members.find((candidate) => candidate.key === key)
  return found === undefined || isUndefined(found.value) ? null : found
}

function isUndefined(value: StaticValue): boolean {
  return value.kind === 'literal' && value.value === undefined
}

/** What a property is that no member says: a spread or a computed key, refused already, may bring it. */
export function absent(object: StaticObject): 'missing' | 'unreadable' {
  return object.hidden.length > 0 ? 'unreadable' : 'missing'
}

/** What a value is, with its article, for a message. */
export function describe(value: StaticValue): string {
  switch (value.kind) {
    case 'unreadable':
      return value.construct
    case 'literal':
      return describeLiteral(value.value)
    case 'array':
      return 'an array'
    case 'object':
      return 'an object'
    case 'function':
      return 'a function'
    case 'call':
      return `a call of ${value.callee}()`
  }
}

function describeLiteral(value: StaticLiteral['value']): string {
  if (value === null || value === undefined) return String(value)
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`
}
