import { othersThanFor } from '../callers.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { compare } from './compare.js'
import { goodLogin } from './good-login.js'
import { isListed, likeNothing } from './hidden-rows.js'
import type { Row } from './row.js'
import { issuerAt } from './tokens-of.js'

/** Callers with every scope, and a login that does, for whom there is no such item: it is not there, and not listed. */
export function onlyForRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  return othersThanFor(item, expected).map(
    ({ name, at, clientId, claims }): Row => ({
      subject: `${item.kind} ${item.name}`,
      name: `is unknown to ${name}`,
      async run(world) {
        const scopes = Object.keys(expected.scopes)
        const token = await issuerAt(world, at).issue({ scopes, clientId, claims: { ...claims, ...goodLogin(item) } })
        return [
          ...(await likeNothing(item, world, token)),
          ...compare('its list', false, await isListed(item, world, token)),
        ]
      },
    }),
  )
}
