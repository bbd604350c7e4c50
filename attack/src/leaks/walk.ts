import { inspect } from 'node:util'

/** Objects that are looked at: far more than a context has, and an end if one leads to everything. */
const MOST = 200_000

/**
 * Every text that can be reached from a value: through properties of its own and
 * of its prototypes, names and symbols, hidden ones, getters, entries of maps and
 * sets, what weak references point to, bytes, and the sources of functions. It
 * calls nothing but getters. What belongs to whoever looks is left out by `except`.
 */
export function textsIn(roots: readonly unknown[], except: readonly unknown[] = []): ReadonlySet<string> {
  const texts = new Set<string>()
  const seen = new Set<unknown>(except)
  const waiting: unknown[] = [...roots]
  const note = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value)
    else if (typeof value === 'symbol') texts.add(String(value.description))
    else if ((typeof value === 'object' && value !== null) || typeof value === 'function') waiting.push(value)
  }
  for (const root of roots) note(root)
  while (waiting.length > 0 && seen.size < MOST) {
    const value = waiting.pop()
    if (seen.has(value) || ((typeof value !== 'object' || value === null) && typeof value !== 'function')) continue
    seen.add(value)
    for (const inner of innerOf(value)) note(inner)
  }
  // Node looks into what properties do not show, such as the state of promises.
  for (const root of roots) texts.add(inspected(root))
  return texts
}

function inspected(value: unknown): string {
  try {
    return inspect(value, { showHidden: true, depth: 4, getters: false, maxStringLength: null, maxArrayLength: null })
  } catch {
    return ''
  }
}

function* innerOf(value: object): Iterable<unknown> {
  if (typeof value === 'function') yield Function.prototype.toString.call(value)
  if (value instanceof Map) yield* [...value].flat()
  if (value instanceof Set) yield* value
  if (value instanceof WeakRef) yield value.deref()
  if (value instanceof Error) yield value.stack
  if (ArrayBuffer.isView(value)) yield Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')
  for (let owner: object | null = value; owner !== null; owner = Object.getPrototypeOf(owner)) {
    for (const key of Reflect.ownKeys(owner)) {
      yield key
      yield read(owner, key, value)
    }
  }
}

/** A getter runs for what has it: libraries keep what it gave on whatever it ran for, which a prototype must not be. */
function read(owner: object, key: PropertyKey, receiver: object): unknown {
  const { value, get } = Object.getOwnPropertyDescriptor(owner, key) ?? {}
  if (get === undefined) return value
  try {
    return isPrototype(receiver) ? undefined : get.call(receiver)
  } catch (error) {
    return error
  }
}

function isPrototype(value: object): boolean {
  const made = Object.getOwnPropertyDescriptor(value, 'constructor')?.value
  return typeof made === 'function' && made.prototype === value
}
