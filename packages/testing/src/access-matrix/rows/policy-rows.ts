import type { ServerDefinition } from '@mcp-secure/runtime'
import { modern } from '../asks/ask.js'
import { isForUsual } from '../callers.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { compare } from './compare.js'
import type { Row } from './row.js'
import { plainToken } from './tokens-of.js'

/** Whether the policy that the server runs with is the one that was generated, and offers nothing besides. */
export function policyRows(definition: Omit<ServerDefinition, 'services'>, expected: ExpectedAccess): readonly Row[] {
  const { policy } = definition
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
        const { policy: rules, tools, resources = {}, prompts = {} } = definition
        const token = await plainToken(world)
        // The token holds no scope: what is hidden without scopes is none of these, nor what is for others.
        const shown = namesOf(
          expected.items.filter(
            (item) => item.kind === 'tool' && item.whenDenied !== 'hide' && isForUsual(item, expected, 0),
          ),
        )
        const names = (kind: ExpectedItem['kind']) => namesOf(expected.items.filter((item) => item.kind === kind))
        return [
          ...compare('policy.tools', names('tool'), Object.keys(rules.tools).sort()),
          ...compare('tools', names('tool'), Object.keys(tools).sort()),
          ...compare('tools/list', shown, listed(await world.read(modern('tools/list'), token), 'tools')),
          ...compare('resources', names('resource'), Object.keys(resources).sort()),
          ...compare('policy.resources', urisOf(expected), urisOf({ items: policyItems(rules.resources) })),
          ...compare('prompts', names('prompt'), Object.keys(prompts).sort()),
          ...compare('policy.prompts', names('prompt'), Object.keys(rules.prompts ?? {}).sort()),
        ]
      },
    },
  ]
}

function namesOf(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name).sort()
}

/** Which URIs lead to a resource decides who may read them. */
function urisOf({ items }: { readonly items: readonly ExpectedItem[] }): Readonly<Record<string, string>> {
  return Object.fromEntries(items.flatMap((item) => (item.kind === 'resource' ? [[item.name, item.uri] as const] : [])))
}

function policyItems(resources: ServerDefinition['policy']['resources'] = {}): readonly ExpectedItem[] {
  return Object.entries(resources).map(([name, rule]) => ({
    ...rule,
    kind: 'resource',
    name,
    completes: [],
    lists: false,
  }))
}

function listed(body: string, of: 'tools'): readonly string[] {
  const { result } = JSON.parse(body) as { readonly result?: { readonly [K in 'tools']?: readonly { name: string }[] } }
  return namesOf(result?.[of] ?? [])
}
