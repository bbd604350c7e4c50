import { asksFor } from '../asks/asks.js'
import { callerFor } from '../callers.js'
import { effectiveScopes } from '../expectation.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { compare } from './compare.js'
import type { Difference, Row } from './row.js'
import { tokenFor } from './tokens-of.js'

/** Tokens that say more than their issuer can grant: what only that would open stays closed. */
export function grantingRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  return expected.issuers.flatMap(({ scopes }, at): readonly Row[] => {
    if (scopes === undefined || callerFor(item, expected, at) === undefined) return []
    if (isOpened(item, effectiveScopes(expected, scopes))) return []
    return [
      {
        subject: `${item.kind} ${item.name}`,
        name: `does not run by scopes that its issuer cannot grant${expected.issuers.length === 1 ? '' : ` (issuer ${at + 1})`}`,
        async run(world) {
          const token = await tokenFor(item, world, { scopes: Object.keys(expected.scopes) }, at)
          const found: Difference[] = []
          for (const ask of asksFor(item)) {
            found.push(...compare(ask.name, [], (await world.askGranting(ask.request(item), token)).runs))
          }
          return found
        },
      },
    ]
  })
}

function isOpened(item: ExpectedItem, effective: readonly string[]): boolean {
  const sets = item.access === 'scopes' ? [item.scopes] : item.access === 'any-of' ? item.anyOf : [[]]
  return sets.some((set) => set.every((scope) => effective.includes(scope)))
}
