import { type AskRequest, legacy, modern } from '../asks/ask.js'
import { effectiveScopes, insufficientScope } from '../expectation.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { PICK } from '../spies.js'
import type { World } from '../world.js'
import { compare } from './compare.js'
import type { Row } from './row.js'
import { callerOf, tokenFor } from './tokens-of.js'

/** Callers of a tool whose arguments ask for a scope: those who have it, those who do not, and a scope that nobody declared. */
export function argumentRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  const { argumentScopes } = item
  if (item.kind !== 'tool' || argumentScopes === undefined) return []
  const subject = `tool ${item.name}`
  const all = Object.keys(expected.scopes)
  return [
    ...argumentScopes.flatMap((picked): readonly Row[] => {
      const held = all.filter((name) => name !== picked && expected.scopes[name]?.implies.includes(picked) !== true)
      return [
        {
          subject,
          name: `runs for a caller with every scope when its arguments ask for ${picked}`,
          run: async (world) => {
            const { seen, caller } = await askFor(item, [picked], all, world)
            const runs = ASKS.map(() => ({ handler: subject, caller }))
            return compare(
              'arguments',
              { statuses: [200, 200, 200], runs },
              { statuses: seen.statuses, runs: seen.runs },
            )
          },
        },
        {
          subject,
          name: `refuses a caller with every scope but ${picked} when its arguments ask for that`,
          run: async (world) => {
            const { seen } = await askFor(item, [picked], held, world)
            const lacking = missingOf(item, picked, held, expected)
            if (lacking === undefined) return []
            const { status, challenge } = insufficientScope(expected, world.resource, { ...lacking, held })
            const refused = { statuses: ASKS.map(() => status), challenges: ASKS.map(() => challenge), runs: [] }
            return compare('arguments', refused, seen)
          },
        },
      ]
    }),
    ...all
      .filter((scope) => !argumentScopes.includes(scope))
      .map(
        (scope): Row => ({
          subject,
          name: `does not run when its arguments ask for ${scope}, which it does not declare`,
          run: async (world) => {
            const { seen } = await askFor(item, [scope], all, world)
            return compare(
              'arguments',
              { statuses: [200, 200, 200], runs: [] },
              { statuses: seen.statuses, runs: seen.runs },
            )
          },
        }),
      ),
  ]
}

/** What one 403 names: what every call needs, of several sets the one that is held, and what was picked. */
function missingOf(
  item: ExpectedItem,
  picked: string,
  held: readonly string[],
  expected: ExpectedAccess,
): { readonly needed: readonly string[]; readonly missing: readonly string[] } | undefined {
  const sets = item.access === 'scopes' ? [item.scopes] : item.access === 'any-of' ? item.anyOf : [[]]
  const counted = effectiveScopes(expected, held)
  const lacks = sets.map((set) => {
    const needed = [...new Set([...set, picked])]
    return { needed, missing: needed.filter((scope) => !counted.includes(scope)) }
  })
  const least = Math.min(...lacks.map(({ missing }) => missing.length))
  return lacks.find(({ missing }) => missing.length === least)
}

const ASKS: readonly ((params: Readonly<Record<string, unknown>>) => AskRequest)[] = [
  (params) => modern('tools/call', params),
  (params) => legacy('tools/call', params),
  (params) => ({
    method: 'POST',
    headers: { 'mcp-protocol-version': '2025-03-26' },
    body: [
      { jsonrpc: '2.0', id: 1, method: 'ping' },
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params },
    ],
  }),
]

async function askFor(item: ExpectedItem, picked: readonly string[], scopes: readonly string[], world: World) {
  const subject = 'caller by arguments'
  const { clientId, issuer } = callerOf(item, world)
  const token = await tokenFor(item, world, { scopes, subject })
  const outcomes = []
  for (const ask of ASKS) outcomes.push(await world.ask(ask({ name: item.name, arguments: { [PICK]: picked } }), token))
  return {
    caller: { subject, clientId, issuer: issuer.test.issuer, scopes: effectiveScopes(world.expected, scopes) },
    seen: {
      statuses: outcomes.map(({ status }) => status),
      challenges: outcomes.map(({ challenge }) => challenge),
      runs: outcomes.flatMap(({ runs }) => runs),
    },
  }
}
