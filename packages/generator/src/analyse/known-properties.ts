import { didYouMean } from '../diagnostics/suggest.js'
import type { ItemKind } from '../model/item-name.js'
import type { Report } from './report.js'
import type { StaticObject } from './static-value.js'

const ITEM = [
  ...['access', 'scopes', 'whenDenied', 'onlyFor', 'freshLogin', 'acr', 'authorize', 'downstream'],
  ...['description', 'title', 'icons'],
]

export type Part =
  | 'server'
  | 'scope'
  | 'embedded'
  | 'oidc'
  | 'introspection'
  | 'audienceCompatibility'
  | 'tenant'
  | 'tokenExchange'
  | 'downstream'
  | ItemKind

/** What each part of a spec can say, by how messages call it. A test compares it with the types of the DSL. */
export const KNOWN_PROPERTIES: { readonly [P in Part]: readonly string[] } = {
  server: [
    ...[
      'name',
      'version',
      'title',
      'icons',
      'instructions',
      'resource',
      'scopes',
      'auth',
      'clients',
      'denials',
      'limits',
    ],
  ],
  scope: ['description', 'baseline', 'implies'],
  embedded: ['issuer'],
  oidc: [
    ...['issuer', 'tokens', 'typ', 'introspection', 'scopeClaim', 'scopes'],
    ...['audienceCompatibility', 'allowedClientIds', 'tenant', 'tokenExchange'],
  ],
  introspection: ['clientId', 'clientSecret', 'apiKey', 'privateKey', 'keyId', 'endpoint', 'cacheSeconds'],
  audienceCompatibility: ['audiences', 'clientIds'],
  tenant: ['claim', 'values'],
  tokenExchange: [
    ...['form', 'clientId', 'clientSecret', 'privateKey', 'keyId', 'certificateThumbprint', 'endpoint', 'cacheSeconds'],
  ],
  downstream: ['audience', 'resource', 'scopes'],
  tool: [...ITEM, '_meta', 'argumentScopes', 'annotations', 'input', 'output', 'uses', 'limits', 'audit', 'run'],
  resource: [...ITEM, 'uri', 'mimeType', 'variables', 'list', 'complete', 'subscribe', 'read'],
  prompt: [...ITEM, 'arguments', 'complete', 'uses', 'run'],
}

/**
 * A property that nobody reads was meant to say something. TypeScript refuses it
 * as well, where it is asked: a build does not ask it.
 */
export function reportUnknown(object: StaticObject, part: Part, owner: string, report: Report): void {
  const known = KNOWN_PROPERTIES[part]
  for (const { key, place } of object.members) {
    if (known.includes(key)) continue
    const said = object.members.map((member) => member.key)
    const free = known.filter((candidate) => !said.includes(candidate))
    report.add('unknown-property', place, { owner, property: key, hint: didYouMean(key, free) })
  }
}
