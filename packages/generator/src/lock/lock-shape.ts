import { isRecord } from '../model/is-record.js'
import { SERVER_LIMITS, TOOL_LIMITS } from '../model/limit-names.js'
import type { ConditionsView } from '../render/conditions-view.js'
import type { DownstreamView } from '../render/downstream-view.js'
import type { OnlyForView } from '../render/only-for-view.js'
import type { AccessView, Setting } from '../render/policy-view.js'
import {
  type AccessLock,
  type Hints,
  type Limits,
  LOCK_VERSION,
  type LockedAccess,
  type LockedIssuer,
  type LockedResource,
  type LockedSchemas,
  type LockedScope,
  type LockedTool,
  type Shape,
  type Subscribers,
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
  return isRecord(value) ? value : malformed(path, 'an object')
}

const text: Read<string> = (value, path) => (typeof value === 'string' ? value : malformed(path, 'a text'))
const flag: Read<boolean> = (value, path) => (typeof value === 'boolean' ? value : malformed(path, 'true or false'))
const count: Read<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : malformed(path, 'a whole number')
const anything: Read<Readonly<Record<string, unknown>>> = asRecord
const shape: Read<Shape> = asRecord

const version: Read<typeof LOCK_VERSION> = (value, path) =>
  value === LOCK_VERSION ? LOCK_VERSION : malformed(path, String(LOCK_VERSION))

const variable = objectOf<Exclude<Setting, string>>({ env: text, development: text, developmentFile: text }, [
  'development',
  'developmentFile',
])
const setting: Read<Setting> = (value, path) => (typeof value === 'string' ? value : variable(value, path))

function someOf<Value>(read: Read<Value>, what: string): Read<readonly Value[]> {
  return (value, path) => {
    const items = listOf(read)(value, path)
    return items.length === 0 ? malformed(path, `a list of at least one ${what}`) : items
  }
}

const scopes = someOf(text, 'scope')

/** The one set of a rule that has no other is written as its scopes. */
const sets: Read<readonly (readonly string[])[]> = (value, path) => {
  const found = listOf(scopes)(value, path)
  return found.length < 2 ? malformed(path, 'a list of at least two sets') : found
}

const access: Read<'scopes'> = (value, path) =>
  value === 'scopes' ? value : malformed(path, '"scopes", "any-of", "authenticated" or "public"')
const anyOf: Read<'any-of'> = (value, path) => (value === 'any-of' ? value : malformed(path, '"any-of"'))
const authenticated: Read<'authenticated'> = (value, path) =>
  value === 'authenticated' ? value : malformed(path, '"authenticated"')
const open: Read<'public'> = (value, path) => (value === 'public' ? value : malformed(path, '"public"'))

const hide: Read<'hide'> = (value, path) => (value === 'hide' ? value : malformed(path, '"hide"'))
const yes: Read<true> = (value, path) => (value === true ? value : malformed(path, 'true'))
const seconds: Read<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? value
    : malformed(path, 'a whole number of seconds')

type Fields<Value extends object> = { readonly [Key in keyof Value]-?: Read<NonNullable<Value[Key]>> }

/** A service by its audience, or by its address. */
const service: Read<DownstreamView> = (value, path) =>
  Object.hasOwn(asRecord(value, path), 'audience')
    ? objectOf<Extract<DownstreamView, { audience: string }>>({ audience: text, scopes } as never)(value, path)
    : objectOf<Extract<DownstreamView, { resource: string }>>({ resource: text, scopes } as never)(value, path)

/** What is done in the name of a caller. */
const reach: Fields<Pick<LockedAccess, 'downstream'>> = { downstream: someOf(service, 'service') }
const onlyFor = objectOf<OnlyForView>(
  { clientIds: someOf(text, 'client'), tenants: someOf(text, 'tenant'), issuers: someOf(setting, 'issuer') } as never,
  ['clientIds', 'tenants', 'issuers'],
)

/** What can be asked of a token beside its scopes. */
const login: Fields<Pick<ConditionsView, 'onlyFor' | 'freshLogin' | 'acr' | 'authorize'>> = {
  onlyFor,
  freshLogin: objectOf<NonNullable<ConditionsView['freshLogin']>>({ maxAgeSeconds: seconds }),
  acr: someOf(text, 'level'),
  authorize: yes,
}
/** What can be asked besides where scopes are. */
const hidden: Fields<Pick<ConditionsView, 'whenDenied'>> = { whenDenied: hide }
/** What only a tool can ask. */
const called: Fields<Pick<ConditionsView, 'argumentScopes'>> = { argumentScopes: scopes }

/** Who may use something and what is asked for besides, with what else is said of it. */
function withAccess<More extends object>(
  more: {
    readonly [Key in keyof More]-?: Read<More[Key]>
  },
  special: object = {},
  /** What may stand beside every rule, also of what is public. */
  besides: object = {},
): Read<LockedAccess & More> {
  const conditions = { ...login, ...reach, ...special, ...besides }
  const read = (fields: object, optional: object = {}): Read<LockedAccess & More> =>
    objectOf<LockedAccess & More>({ ...fields, ...optional, ...more } as never, Object.keys(optional) as never)
  const readers: { readonly [Kind in AccessView['access']]: Read<LockedAccess & More> } = {
    scopes: read({ access, scopes }, { ...hidden, ...conditions }),
    'any-of': read({ access: anyOf, anyOf: sets }, { ...hidden, ...conditions }),
    authenticated: read({ access: authenticated }, conditions),
    public: read({ access: open }, besides),
  }
  return (value, path) => {
    const kind = asRecord(value, path).access
    const known = typeof kind === 'string' && Object.hasOwn(readers, kind) ? kind : 'scopes'
    return readers[known as AccessView['access']](value, path)
  }
}

const hints: Read<Hints> = (value, path) => {
  const isReadOnly = asRecord(value, path).readOnly === true
  return isReadOnly
    ? objectOf<Pick<Hints, 'readOnly' | 'openWorld'>>({ readOnly: flag, openWorld: flag })(value, path)
    : objectOf<Required<Hints>>({ readOnly: flag, destructive: flag, idempotent: flag, openWorld: flag })(value, path)
}

const output: Read<Shape | null> = (value, path) => (value === null ? null : shape(value, path))

function limitsOf(names: readonly string[]): Read<Limits> {
  return objectOf<Limits>(Object.fromEntries(names.map((name) => [name, count])), names)
}

const uses = someOf(text, 'use')

const subscribers: Read<Subscribers> = (value, path) =>
  value === 'all' || value === 'by-rule' ? value : malformed(path, '"all" or "by-rule"')

const readAccessLock = objectOf<AccessLock>(
  {
    version,
    audience: setting,
    issuers: listOf(objectOf<LockedIssuer>({ issuer: setting, tokens: anything })),
    scopes: recordOf(objectOf<LockedScope>({ baseline: flag, implies: listOf(text) })),
    limits: limitsOf(SERVER_LIMITS),
    tools: recordOf(withAccess<Pick<LockedTool, 'hints'>>({ hints }, called, { limits: limitsOf(TOOL_LIMITS), uses })),
    resources: recordOf(withAccess<Pick<LockedResource, 'name'>>({ name: text }, {}, { subscribe: subscribers })),
    prompts: recordOf(withAccess<object>({}, {}, { uses })),
    schemas: objectOf<LockedSchemas>({
      tools: recordOf(objectOf<LockedSchemas['tools'][string]>({ input: shape, output })),
      resources: recordOf(objectOf<LockedSchemas['resources'][string]>({ variables: shape })),
      prompts: recordOf(objectOf<LockedSchemas['prompts'][string]>({ arguments: shape })),
    }),
  },
  ['limits'],
)
