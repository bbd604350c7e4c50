import { asksFor } from '../asks/asks.js'
import { callerFor } from '../callers.js'
import { loginTooWeak } from '../expectation.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { compare } from './compare.js'
import { type Claims, nowSeconds } from './good-login.js'
import type { Difference, Row } from './row.js'
import { tokenFor } from './tokens-of.js'

/** Callers who hold every scope, and whose login is not what the item asks for. */
export function loginRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  const issuers = expected.issuers.map((_, at) => at).filter((at) => callerFor(item, expected, at) !== undefined)
  return issuers.flatMap((at) =>
    weakLogins(item).map(
      ({ name, change }): Row => ({
        subject: `${item.kind} ${item.name}`,
        name: `refuses a caller ${name}${at === 0 ? '' : ` (issuer ${at + 1})`}`,
        async run(world) {
          const scopes = Object.keys(expected.scopes)
          const token = await tokenFor(item, world, { scopes, claims: change() }, at)
          const outcome = loginTooWeak(expected, world.resource, item)
          const found: Difference[] = []
          for (const ask of asksFor(item)) {
            found.push(...compare(ask.name, outcome, await world.ask(ask.request(item), token)))
          }
          return found
        },
      }),
    ),
  )
}

interface WeakLogin {
  /** As in "a caller …". */
  readonly name: string
  change(): Claims
}

function weakLogins({ freshLogin, acr }: ExpectedItem): readonly WeakLogin[] {
  const weak: WeakLogin[] = []
  if (freshLogin !== undefined) {
    const { maxAgeSeconds } = freshLogin
    weak.push(
      { name: 'whose token does not say when the login was', change: () => ({ auth_time: undefined }) },
      { name: 'whose login was too long ago', change: () => ({ auth_time: nowSeconds() - maxAgeSeconds - 60 }) },
      { name: 'whose login is yet to come', change: () => ({ auth_time: nowSeconds() + 3600 }) },
      { name: 'whose token says as text when the login was', change: () => ({ auth_time: String(nowSeconds()) }) },
    )
  }
  if (acr !== undefined) {
    weak.push(
      { name: 'whose token does not say how the login was', change: () => ({ acr: undefined }) },
      { name: 'whose login was of another level', change: () => ({ acr: `${acr[0]}x` }) },
      { name: 'whose token lists levels', change: () => ({ acr: [...acr] }) },
    )
  }
  return weak
}
