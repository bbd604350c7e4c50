import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Subject } from '../../dist/lock/change.js'
import { compareLocks } from '../../dist/lock/compare-locks.js'
import { lockOf } from '../../dist/lock/lock-of.js'
import { printLock } from '../../dist/lock/print-lock.js'
import { readLock } from '../../dist/lock/read-lock.js'
import {
  inFull,
  type Needs,
  type Sketch,
  type SketchedConditions,
  type SketchedItem,
  sketch,
} from '../support/model.js'

const SCOPES = ['a', 'b', 'c', 'd'] as const
const ITEMS = ['one', 'two', 'three'] as const
const LEVELS = ['silver', 'gold'] as const
const RUNS = 2_000

const HIDING = { whenDenied: fc.constantFrom('challenge' as const, 'hide' as const) }

const scopeNames = fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1 })

/** What servers with these scopes are made of. */
function partsOf(names: readonly (typeof SCOPES)[number][]) {
  // Towards the end of the list only: nothing implies itself.
  const scopes = fc.record(
    Object.fromEntries(
      names.map((name, index) => [
        name,
        fc.record({ baseline: fc.boolean(), implies: fc.subarray([...names.slice(index + 1)]) }),
      ]),
    ),
  )
  const set = fc.subarray([...names], { minLength: 1 })
  const needs: fc.Arbitrary<Needs> = fc.oneof(
    { weight: 4, arbitrary: set },
    { weight: 3, arbitrary: fc.array(set, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })) },
    { weight: 2, arbitrary: fc.constantFrom<Needs>('authenticated', 'public') },
  )
  const login = { freshLogin: fc.constantFrom(60, 600), acr: fc.subarray([...LEVELS], { minLength: 1 }) }
  const besides = { ...login, authorize: fc.constant(true as const) }
  /** Something that these may use, with conditions or without. */
  const usedBy = (who: Needs, special: { readonly argumentScopes?: typeof set } = {}): fc.Arbitrary<SketchedItem> => {
    if (who === 'public') return fc.constant({ needs: who })
    const hiding = who === 'authenticated' ? {} : HIDING
    const conditions: fc.Arbitrary<SketchedConditions> = fc.record(
      { ...besides, ...hiding, ...special },
      { requiredKeys: [] },
    )
    return fc
      .oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: conditions })
      .map((said) => ({ needs: who, ...said }))
  }
  return { scopes, set, needs, usedBy }
}

/** Servers that differ in everything that decides, and little else: every two of them have much in common. */
const servers: fc.Arbitrary<Sketch> = scopeNames.chain((names) => {
  const { scopes, set, needs, usedBy } = partsOf(names)
  const some = <Name extends string>(all: readonly Name[], special = {}) =>
    fc
      .subarray([...all])
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, needs.chain((who) => usedBy(who, special))]))),
      )
  const uris = ['x://a', 'x://b', 'x://{part}', 'x://y/{+rest}'] as const
  return fc.record({
    scopes,
    tools: some(ITEMS, { argumentScopes: set }),
    prompts: some(ITEMS),
    // No two of a server answer for one URI.
    resources: some(uris).map(({ 'x://{part}': all, ...rest }) =>
      all === undefined || 'x://a' in rest || 'x://b' in rest ? rest : { ...rest, 'x://{part}': all },
    ),
  })
})

/** Two servers that differ in what their one tool and their one resource ask for besides scopes. */
const twins: fc.Arbitrary<readonly [Sketch, Sketch]> = scopeNames.chain((names) => {
  const { scopes, set, needs, usedBy } = partsOf(names)
  const twice = (special = {}) => needs.chain((who) => fc.tuple(usedBy(who, special), usedBy(who, special)))
  return fc.tuple(scopes, twice({ argumentScopes: set }), twice()).map(([declared, tools, resources]) => [
    { scopes: declared, tools: { one: tools[0] }, resources: { 'x://a': resources[0] } },
    { scopes: declared, tools: { one: tools[1] }, resources: { 'x://a': resources[1] } },
  ])
})

/** No token, or the scopes of a token. */
type Held = readonly string[] | null

const HELD: readonly Held[] = [
  null,
  ...Array.from({ length: 2 ** SCOPES.length }, (_, bits) => SCOPES.filter((_scope, index) => bits & (1 << index))),
]

/** How somebody logged in, and whether the object is theirs. */
interface Login {
  readonly secondsAgo: number
  readonly level: string | undefined
  readonly isOwner: boolean
}

const LOGINS: readonly Login[] = [10, 100, 1_000].flatMap((secondsAgo) =>
  [undefined, ...LEVELS].flatMap((level) => [true, false].map((isOwner) => ({ secondsAgo, level, isOwner }))),
)

/** What may be asked for: the names of tools and prompts, and URIs; of a tool also with arguments that ask for a scope. */
const ASKED = [
  ...ITEMS.flatMap((name) => [`tool ${name}`, `prompt ${name}`]),
  ...ITEMS.flatMap((name) => SCOPES.map((scope) => `tool ${name} ${scope}`)),
  ...['x://a', 'x://b', 'x://other', 'x://y/1', 'x://y/1/2'].map((uri) => `resource ${uri}`),
]

/** Whose scopes are enough, by nothing but what is declared: written without a look at how locks are compared. */
function isEnough(server: Sketch, held: Held, asked: string): boolean {
  const found = itemOf(server, asked)
  if (found === undefined) return false
  if (found.needs === 'public') return true
  if (held === null) return false
  const has = new Set<string>()
  const grant = (scope: string): void => {
    has.add(scope)
    for (const implied of server.scopes?.[scope]?.implies ?? []) grant(implied)
  }
  for (const scope of held) grant(scope)
  const [, , argued = ''] = asked.split(' ')
  if (found.argumentScopes?.includes(argued) && !has.has(argued)) return false
  if (found.needs === 'authenticated') return true
  const sets = 'anyOf' in found.needs ? found.needs.anyOf : [found.needs]
  return sets.some((set) => set.every((scope) => has.has(scope)))
}

function isMet(server: Sketch, { secondsAgo, level = '', isOwner }: Login, asked: string): boolean {
  const { freshLogin, acr, authorize }: Partial<SketchedItem> = itemOf(server, asked) ?? {}
  if (freshLogin !== undefined && secondsAgo > freshLogin) return false
  if (acr !== undefined && !acr.includes(level)) return false
  return authorize === undefined || isOwner
}

function itemOf({ tools = {}, prompts = {}, resources = {} }: Sketch, asked: string): SketchedItem | undefined {
  const [kind, name = ''] = asked.split(' ')
  const said =
    kind === 'tool'
      ? tools[name]
      : kind === 'prompt'
        ? prompts[name]
        : Object.entries(resources).find(([uri]) => patternOf(uri).test(name))?.[1]
  return said === undefined ? undefined : inFull<SketchedItem>(said)
}

function patternOf(uri: string): RegExp {
  return new RegExp(`^${uri.replace(/\{\+\w+\}/, '.+').replace(/\{\w+\}/, '[^/]+')}$`)
}

const changes = (before: Sketch, after: Sketch) => compareLocks(lockOf(sketch(before)), lockOf(sketch(after)))
const isLooser = (before: Sketch, after: Sketch) => changes(before, after).some(({ effect }) => effect === 'looser')

/** Somebody may use something that was there before, and might not; or may use something new without a token. */
function gained(before: Sketch, after: Sketch): readonly string[] {
  return ASKED.filter((asked) => {
    const isNew = itemOf(before, asked) === undefined
    return HELD.some((held) => {
      if (!isEnough(after, held, asked) || (isNew && held !== null)) return false
      const wasEnough = isEnough(before, held, asked)
      return LOGINS.some((login) => isMet(after, login, asked) && !(wasEnough && isMet(before, login, asked)))
    })
  })
}

/** Whether a change is of what is asked for. */
function isMeant({ kind, name }: Subject, asked: string): boolean {
  return kind === 'resource'
    ? asked.startsWith('resource ') && patternOf(name).test(asked.split(' ')[1] ?? '')
    : `${asked} `.startsWith(`${kind} ${name} `)
}

describe('whatever two servers are', () => {
  it('no change is found between a server and itself', () => {
    fc.assert(
      fc.property(servers, (server) => {
        expect(changes(server, server)).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })

  it('if a caller may do more, something is looser', () => {
    let found = 0
    fc.assert(
      fc.property(servers, servers, (before, after) => {
        const more = gained(before, after)
        if (more.length === 0) return
        found++
        expect(isLooser(before, after), `may do more: ${more.join(', ')}`).toBe(true)
      }),
      { numRuns: RUNS },
    )
    expect(found).toBeGreaterThan(RUNS / 10)
  })

  it('if the rule of something is called looser, a caller may do more with it', () => {
    fc.assert(
      fc.property(servers, servers, (before, after) => {
        const rules = changes(before, after).filter(
          ({ effect, subject, before: was }) => effect === 'looser' && was !== null && subject.kind !== 'scope',
        )
        const more = gained(before, after)
        for (const { subject } of rules) {
          expect(
            more.some((asked) => isMeant(subject, asked)),
            `${subject.kind} ${subject.name}`,
          ).toBe(true)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('if conditions alone changed, what is called looser is all of what a caller may do more, and only that', () => {
    let found = 0
    fc.assert(
      fc.property(twins, ([before, after]) => {
        const more = gained(before, after)
        const looser = changes(before, after).filter(({ effect }) => effect === 'looser')
        found += Math.min(1, more.length)
        for (const asked of more) expect(looser.some(({ subject }) => isMeant(subject, asked))).toBe(true)
        for (const { subject } of looser) expect(more.some((asked) => isMeant(subject, asked))).toBe(true)
      }),
      { numRuns: RUNS },
    )
    expect(found).toBeGreaterThan(RUNS / 10)
  })

  it('nothing changed if and only if the locks are the same, and a lock that is read is the one that was written', async () => {
    await fc.assert(
      fc.asyncProperty(servers, servers, async (before, after) => {
        const [one, other] = [before, after].map((server) => printLock(lockOf(sketch(server))))
        expect(changes(before, after).length === 0).toBe(one === other)
        const { lock } = await readLock(one ?? '')
        expect(lock).toEqual(lockOf(sketch(before)))
      }),
      { numRuns: RUNS / 4 },
    )
  })
})
