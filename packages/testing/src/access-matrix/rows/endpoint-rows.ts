import { ENDPOINT_ASKS, type EndpointAsk, isOpen } from '../asks/endpoint-asks.js'
import { invalidToken, loginRequired, type Outcome } from '../expectation.js'
import type { ExpectedAccess } from '../expected-access.js'
import type { World } from '../world.js'
import { compare } from './compare.js'
import type { Difference, Row } from './row.js'
import { badTokensOf, plainToken, tokenOf } from './tokens-of.js'

const subject = 'endpoint'

/** Every method of the protocol that is no item: what it needs is a token. */
export function endpointRows(expected: ExpectedAccess): readonly Row[] {
  const hasPublic = expected.items.some(({ access }) => access === 'public')
  return [
    {
      subject,
      name: `asks who comes without a token to log in${hasPublic ? ', except for what leads to what is public' : ''}`,
      run: (world) =>
        everyAsk(world, undefined, (asked, seen) =>
          isOpen(asked, expected)
            ? compare(asked.name, NOT_REFUSED, refusalOf(seen))
            : compare(asked.name, loginRequired(expected, world.resource), seen),
        ),
    },
    ...badTokensOf(expected).map(
      ({ name, at, bad }): Row => ({
        subject,
        name: `refuses ${name}`,
        run: async (world) =>
          everyAsk(world, await tokenOf(world, at, bad), (ask, seen) =>
            compare(ask.name, invalidToken(expected, world.resource), seen),
          ),
      }),
    ),
    {
      subject,
      name: 'refuses nobody with a token, and runs no handler',
      run: async (world) =>
        everyAsk(world, await plainToken(world), ({ name }, seen) => compare(name, NOT_REFUSED, refusalOf(seen))),
    },
  ]
}

const NOT_REFUSED = { refused: false, challenge: null, runs: [] }

function refusalOf({ status, challenge, runs }: Outcome): unknown {
  // Who may see what a list holds has rows of its own.
  const others = runs.filter(({ handler }) => !handler.startsWith('list of '))
  return { refused: status === 401 || status === 403, challenge, runs: others }
}

/** One after the other: what ran is told apart by what was asked last. */
async function everyAsk(
  world: World,
  token: string | undefined,
  judge: (ask: EndpointAsk, seen: Outcome) => readonly Difference[],
): Promise<readonly Difference[]> {
  const found: Difference[] = []
  for (const ask of ENDPOINT_ASKS) found.push(...judge(ask, await world.ask(ask.request, token)))
  return found
}
