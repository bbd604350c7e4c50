import type { ServerDefinition } from '@mcp-secure/runtime'
import { modern } from '../asks/ask.js'
import type { ExpectedAccess } from '../expected-access.js'
import { compare } from './compare.js'
import type { Row } from './row.js'
import { plainToken } from './tokens-of.js'

/** Whether the policy that the server runs with is the one that was generated, and offers nothing besides. */
export function policyRows(
  { policy, tools }: Pick<ServerDefinition, 'policy' | 'tools'>,
  expected: ExpectedAccess,
): readonly Row[] {
  return [
    {
      subject: 'policy',
      name: 'names the resource and the issuers that the spec names',
      run: async () => [
        ...compare('resource', expected.resource, policy.resource),
        ...compare('issuers', expected.issuers, policy.issuers),
      ],
    },
    {
      subject: 'policy',
      name: 'holds the scopes that the spec declares, and what they imply',
      run: async () =>
        compare(
          'scopes',
          expected.scopes,
          Object.fromEntries(
            Object.entries(policy.scopes).map(([name, { baseline, implies }]) => [name, { baseline, implies }]),
          ),
        ),
    },
    {
      subject: 'policy',
      name: 'offers what the spec declares, and nothing besides',
      async run(world) {
        const names = expected.items.filter(({ kind }) => kind === 'tool').map(({ name }) => name)
        const listed = listedTools(await world.read(modern('tools/list'), await plainToken(world)))
        return [
          ...compare('policy.tools', [...names].sort(), Object.keys(policy.tools).sort()),
          ...compare('tools', [...names].sort(), Object.keys(tools).sort()),
          ...compare('tools/list', [...names].sort(), listed),
        ]
      },
    },
  ]
}

function listedTools(body: string): readonly string[] {
  const { result } = JSON.parse(body) as { readonly result?: { readonly tools?: readonly { readonly name: string }[] } }
  return (result?.tools ?? []).map(({ name }) => name).sort()
}
