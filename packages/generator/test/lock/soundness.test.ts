import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLocks } from '../../dist/lock/compare-locks.js'
import { lockOf } from '../../dist/lock/lock-of.js'
import { printLock } from '../../dist/lock/print-lock.js'
import { readLock } from '../../dist/lock/read-lock.js'
import { type Needs, type Sketch, sketch } from '../support/model.js'

const SCOPES = ['a', 'b', 'c', 'd'] as const
const ITEMS = ['one', 'two', 'three'] as const
const RUNS = 2_000

/** Servers that differ in everything that decides, and little else: every two of them have much in common. */
const servers: fc.Arbitrary<Sketch> = fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1 }).chain((names) => {
  // Towards the end of the list only: nothing implies itself.
  const scopes = fc.record(
    Object.fromEntries(
      names.map((name, index) => [
        name,
        fc.record({ baseline: fc.boolean(), implies: fc.subarray(names.slice(index + 1)) }),
      ]),
    ),
  )
  const needs: fc.Arbitrary<Needs> = fc.oneof(
    { weight: 4, arbitrary: fc.subarray(names, { minLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom<Needs>('authenticated', 'public') },
  )
  const some = <Name extends string>(all: readonly Name[]) =>
    fc.subarray([...all]).chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, needs]))))
  const uris = ['x://a', 'x://b', 'x://{part}', 'x://y/{+rest}'] as const
  return fc.record({
    scopes,
    tools: some(ITEMS),
    prompts: some(ITEMS),
    // No two of a server answer for one URI.
    resources: some(uris).map(({ 'x://{part}': all, ...rest }) =>
      all === undefined || 'x://a' in rest || 'x://b' in rest ? rest : { ...rest, 'x://{part}': all },
    ),
  })
})

/** No token, or a token with these scopes. */
type Caller = readonly string[] | null

const CALLERS: readonly Caller[] = [
  null,
  ...Array.from({ length: 2 ** SCOPES.length }, (_, bits) => SCOPES.filter((_scope, index) => bits & (1 << index))),
]

/** What may be asked for: the names of tools and prompts, and URIs. */
const ASKED = [
  ...ITEMS.flatMap((name) => [`tool ${name}`, `prompt ${name}`]),
  ...['x://a', 'x://b', 'x://other', 'x://y/1', 'x://y/1/2'].map((uri) => `resource ${uri}`),
]

/** Who may do what, by nothing but what is declared: written without a look at how locks are compared. */
function allowed(server: Sketch, caller: Caller, asked: string): boolean {
  const needs = needsOf(server, asked)
  if (needs === undefined) return false
  if (needs === 'public') return true
  if (caller === null) return false
  if (needs === 'authenticated') return true
  const has = new Set<string>()
  const grant = (scope: string): void => {
    has.add(scope)
    for (const implied of server.scopes?.[scope]?.implies ?? []) grant(implied)
  }
  for (const scope of caller) grant(scope)
  return needs.every((scope) => has.has(scope))
}

function needsOf({ tools = {}, prompts = {}, resources = {} }: Sketch, asked: string): Needs | undefined {
  const [kind, name = ''] = asked.split(' ')
  if (kind === 'tool') return tools[name] as Needs | undefined
  if (kind === 'prompt') return prompts[name]
  const [, needs] = Object.entries(resources).find(([uri]) => patternOf(uri).test(name)) ?? []
  return needs
}

function patternOf(uri: string): RegExp {
  return new RegExp(`^${uri.replace(/\{\+\w+\}/, '.+').replace(/\{\w+\}/, '[^/]+')}$`)
}

const changes = (before: Sketch, after: Sketch) => compareLocks(lockOf(sketch(before)), lockOf(sketch(after)))
const isLooser = (before: Sketch, after: Sketch) => changes(before, after).some(({ effect }) => effect === 'looser')

/** Somebody may use something that was there before, and might not; or may use something new without a token. */
function gained(before: Sketch, after: Sketch): readonly string[] {
  return ASKED.filter((asked) =>
    CALLERS.some((caller) => {
      const isNew = needsOf(before, asked) === undefined
      return allowed(after, caller, asked) && !allowed(before, caller, asked) && (!isNew || caller === null)
    }),
  )
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
          const isMeant = ({ kind, name }: typeof subject, asked: string) =>
            kind === 'resource' ? patternOf(name).test(asked.split(' ')[1] ?? '') : asked === `${kind} ${name}`
          expect(
            more.some((asked) => isMeant(subject, asked)),
            `${subject.kind} ${subject.name}`,
          ).toBe(true)
        }
      }),
      { numRuns: RUNS },
    )
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
