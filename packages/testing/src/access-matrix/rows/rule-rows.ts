import { asksFor } from '../asks/asks.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { holdingsFor } from '../holdings/holdings.js'
import type { World } from '../world.js'
import { compare } from './compare.js'
import type { Difference, Row } from './row.js'
import { tokenFor } from './tokens-of.js'

/** What a rule may say that is no yes. */
const NO: readonly (readonly [words: string, answer: () => unknown])[] = [
  ['says no', () => false],
  ['says nothing', () => undefined],
  ['says something else than true', () => 'true'],
  [
    'throws',
    () => {
      throw new Error('the rule of the access matrix')
    },
  ],
]

/** An item with a rule of the project: nothing runs without its yes, and it is not asked about who lacks a scope. */
export function ruleRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  if (item.authorize === undefined) return []
  const subject = `${item.kind} ${item.name}`
  const refused = holdingsFor(item, expected).filter(({ missing }) => missing.length > 0)
  return [
    ...NO.map(
      ([words, answer]): Row => ({
        subject,
        name: `does not run when its rule ${words}`,
        run: (world) => withRule(world, answer, async () => everyRun(item, Object.keys(expected.scopes), world)),
      }),
    ),
    ...refused.map(
      ({ name, scopes }): Row => ({
        subject,
        name: `does not ask its rule about a caller with ${name}`,
        run: async (world) => {
          world.rule.asked.splice(0)
          const found = await everyRun(item, scopes, world)
          return [...found, ...compare('the rule', [], world.rule.asked.splice(0))]
        },
      }),
    ),
  ]
}

async function withRule<T>({ rule }: World, answer: () => unknown, run: () => Promise<T>): Promise<T> {
  rule.answer = answer
  try {
    return await run()
  } finally {
    rule.answer = () => true
  }
}

/** The runs of the handler itself: what suggests values is not about one object. */
async function everyRun(item: ExpectedItem, scopes: readonly string[], world: World): Promise<readonly Difference[]> {
  const token = await tokenFor(item, world, { scopes })
  const found: Difference[] = []
  for (const ask of asksFor(item).filter(({ runs }) => runs === 'handler')) {
    found.push(...compare(ask.name, [], (await world.ask(ask.request(item), token)).runs))
  }
  return found
}
