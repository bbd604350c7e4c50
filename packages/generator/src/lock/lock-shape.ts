import type { AccessView, Setting } from '../render/policy-view.js'
import {
  type AccessLock,
  type Hints,
  LOCK_VERSION,
  type LockedIssuer,
  type LockedResource,
  type LockedSchemas,
  type LockedScope,
  type LockedTool,
  type Shape,
} from './access-lock.js'

type Path = readonly (string | number)[]

/** Something in a lock that is not what a lock holds. */
export class Malformed extends Error {
  readonly path: Path
  readonly problem: string
  /** Where in the text, if the path does not say it. */
  readonly offset: number | undefined

  constructor(path: Path, problem: string, offset?: number) {
    super(problem)
    this.path = path
    this.problem = problem
    this.offset = offset
  }
}

/** What one value of the file means; throws `Malformed`. */
type Read<Value> = (value: unknown, path: Path) => Value

/** Takes a value for a lock. Nothing may be missing, and nothing may be there besides. */
export function readShape(value: unknown): AccessLock {
  return readAccessLock(value, [])
}

function malformed(path: Path, expected: string): never {
  const where = path.length === 0 ? 'it' : path.map(String).join(' › ')
  throw new Malformed(path, `is no lock: ${where} is not ${expected}`)
}

function objectOf<Value extends object>(
  fields: { readonly [Key in keyof Value]-?: Read<Value[Key]> },
  optional: readonly (keyof Value & string)[] = [],
): Read<Value> {
  return (value, path) => {
    const record = asRecord(value, path)
    const unknown = Object.keys(record).find((key) => !Object.hasOwn(fields, key))
    if (unknown !== undefined)
      throw new Malformed([...path, unknown], `is no lock: it holds ${JSON.stringify(unknown)}`)
    const entries = Object.entries(fields as Record<string, Read<unknown>>).flatMap(([key, read]) => {
      const isThere = Object.hasOwn(record, key)
      if (!isThere && (optional as readonly string[]).includes(key)) return []
      if (!isThere) throw new Malformed(path, `is no lock: ${[...path, key].join(' › ')} is missing`)
      return [[key, read(record[key], [...path, key])] as const]
    })
    return Object.fromEntries(entries) as Value
  }
}

function recordOf<Value>(read: Read<Value>): Read<Readonly<Record<string, Value>>> {
  return (value, path) =>
    Object.fromEntries(Object.entries(asRecord(value, path)).map(([key, item]) => [key, read(item, [...path, key])]))
}

function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (value, path) =>
    Array.isArray(value) ? value.map((item, index) => read(item, [...path, index])) : malformed(path, 'a list')
}

function asRecord(value: unknown, path: Path): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Record<string, unknown>) : malformed(path, 'an object')
}

const text: Read<string> = (value, path) => (typeof value === 'string' ? value : malformed(path, 'a text'))
const flag: Read<boolean> = (value, path) => (typeof value === 'boolean' ? value : malformed(path, 'true or false'))
const anything: Read<Readonly<Record<string, unknown>>> = asRecord
const shape: Read<Shape> = asRecord

const version: Read<typeof LOCK_VERSION> = (value, path) =>
  value === LOCK_VERSION ? LOCK_VERSION : malformed(path, String(LOCK_VERSION))

const variable = objectOf<Exclude<Setting, string>>({ env: text, development: text, developmentFile: text }, [
  'development',
  'developmentFile',
])
const setting: Read<Setting> = (value, path) => (typeof value === 'string' ? value : variable(value, path))

const scopes: Read<readonly string[]> = (value, path) => {
  const names = listOf(text)(value, path)
  return names.length === 0 ? malformed(path, 'a list of at least one scope') : names
}

const access: Read<'scopes'> = (value, path) =>
  value === 'scopes' ? value : malformed(path, '"scopes", "authenticated" or "public"')
const open: Read<'authenticated' | 'public'> = (value, path) =>
  value === 'authenticated' || value === 'public' ? value : malformed(path, '"authenticated" or "public"')

/** Who may use something, with what else is said of it. */
function withAccess<More extends object>(
  more: {
    readonly [Key in keyof More]-?: Read<More[Key]>
  },
): Read<AccessView & More> {
  const needing = objectOf<Extract<AccessView, { access: 'scopes' }> & More>({ access, scopes, ...more } as never)
  const opened = objectOf<Exclude<AccessView, { access: 'scopes' }> & More>({ access: open, ...more } as never)
  return (value, path) => {
    const kind = asRecord(value, path).access
    return kind === 'authenticated' || kind === 'public' ? opened(value, path) : needing(value, path)
  }
}

const hints: Read<Hints> = (value, path) => {
  const isReadOnly = asRecord(value, path).readOnly === true
  return isReadOnly
    ? objectOf<Pick<Hints, 'readOnly' | 'openWorld'>>({ readOnly: flag, openWorld: flag })(value, path)
    : objectOf<Required<Hints>>({ readOnly: flag, destructive: flag, idempotent: flag, openWorld: flag })(value, path)
}

const output: Read<Shape | null> = (value, path) => (value === null ? null : shape(value, path))

const readAccessLock = objectOf<AccessLock>({
  version,
  audience: setting,
  issuers: listOf(objectOf<LockedIssuer>({ issuer: setting, tokens: anything })),
  scopes: recordOf(objectOf<LockedScope>({ baseline: flag, implies: listOf(text) })),
  tools: recordOf(withAccess<Pick<LockedTool, 'hints'>>({ hints })),
  resources: recordOf(withAccess<Pick<LockedResource, 'name'>>({ name: text })),
  prompts: recordOf(withAccess<object>({})),
  schemas: objectOf<LockedSchemas>({
    tools: recordOf(objectOf<LockedSchemas['tools'][string]>({ input: shape, output })),
    resources: recordOf(objectOf<LockedSchemas['resources'][string]>({ variables: shape })),
    prompts: recordOf(objectOf<LockedSchemas['prompts'][string]>({ arguments: shape })),
  }),
})
