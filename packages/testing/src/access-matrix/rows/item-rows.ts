import type { Ask } from '../asks/ask.js'
import { asksFor } from '../asks/asks.js'
import { callerFor } from '../callers.js'
import {
  type CallerSeen,
  effectiveScopes,
  insufficientScope,
  invalidToken,
  loginRequired,
  type Outcome,
} from '../expectation.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import type { Holding } from '../holdings/holding.js'
import { holdingsFor } from '../holdings/holdings.js'
import type { World } from '../world.js'
import { compare } from './compare.js'
import { goodLogin } from './good-login.js'
import { likeNothing } from './hidden-rows.js'
import type { Difference, Row } from './row.js'
import { badTokensOf, callerOf, tokenFor, tokenOf } from './tokens-of.js'

/** Every kind of caller of one item. */
export function itemRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  const subject = `${item.kind} ${item.name}`
  return [
    { subject, name: anonymousName(item), run: (world) => everyAsk(item, world, undefined, anonymous(item, world)) },
    ...badTokensOf(expected).map(
      ({ name, at, bad }): Row => ({
        subject,
        name: `refuses ${name}`,
        run: async (world) =>
          everyAsk(item, world, await tokenOf(world, at, bad), () => invalidToken(expected, world.resource)),
      }),
    ),
    ...expected.issuers.flatMap((_, at) =>
      callerFor(item, expected, at) === undefined
        ? []
        : holdingsFor(item, expected).map((holding) => holdingRow(item, holding, at)),
    ),
  ]
}

function anonymousName({ access }: ExpectedItem): string {
  return access === 'public'
    ? 'runs for everybody, for nobody in particular'
    : 'asks who comes without a token to log in'
}

function anonymous(item: ExpectedItem, { expected, resource }: World): (ask: Ask, status: number) => Outcome {
  return (ask, status) =>
    item.access === 'public' && ask.needsCaller !== true
      ? letThrough(item, ask, status, null)
      : loginRequired(expected, resource)
}

function holdingRow(item: ExpectedItem, holding: Holding, at: number): Row {
  const { name, scopes, needed, missing } = holding
  const isAllowed = missing.length === 0
  const which = at === 0 ? '' : ` (issuer ${at + 1})`
  return {
    subject: `${item.kind} ${item.name}`,
    name: `${isAllowed ? 'runs once for' : item.whenDenied === 'hide' ? 'is unknown to' : 'refuses'} a caller with ${name}${which}`,
    async run(world) {
      const { expected, resource } = world
      const { issuer, clientId, claims } = callerOf(item, world, at)
      const subject = `caller of ${name}`
      const said = Object.entries({ clientId, ...claims, ...goodLogin(item) }).join(' ')
      const key = `good ${at} ${subject} ${scopes.join(' ')} ${said}`
      const token = await world.token(key, () => tokenFor(item, world, { scopes, subject }, at))
      if (!isAllowed && item.whenDenied === 'hide') return likeNothing(item, world, token)
      if (!isAllowed) {
        const held = scopes.filter((scope) => Object.hasOwn(expected.scopes, scope))
        const refusal = insufficientScope(expected, resource, { needed, missing, held })
        return everyAsk(item, world, token, () => refusal)
      }
      const caller = { subject, clientId, issuer: issuer.test.issuer, scopes: effectiveScopes(expected, scopes) }
      const seenBy = item.access === 'public' ? null : caller
      return everyAsk(item, world, token, (ask, status) => letThrough(item, ask, status, seenBy))
    },
  }
}

/** What should be seen: of several statuses that are right, the one that came. */
function letThrough(
  item: ExpectedItem,
  { status: right, runs }: Ask,
  came: number,
  caller: CallerSeen | null,
): Outcome {
  const status = typeof right === 'number' ? right : right.includes(came) ? came : 200
  const main = `${item.kind} ${item.name}`
  const handlers = { handler: [main], completer: [`completion of ${main}`], nothing: [] }
  return { status, challenge: null, refusal: null, runs: handlers[runs].map((handler) => ({ handler, caller })) }
}

/** One after the other: what ran is told apart by what was asked last. */
async function everyAsk(
  item: ExpectedItem,
  world: World,
  token: string | undefined,
  outcome: (ask: Ask, status: number) => Outcome,
): Promise<readonly Difference[]> {
  const found: Difference[] = []
  for (const ask of asksFor(item)) {
    const seen = await world.ask(ask.request(item), token)
    found.push(...compare(ask.name, outcome(ask, seen.status), seen))
  }
  return found
}
