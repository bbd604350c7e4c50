import type { ServerModel } from '../model/server-model.js'
import { type IssuerView, policyView, type ResourceView, type Setting } from './policy-view.js'
import { said } from './said.js'

/** The content of `access.gen.test.ts`: what the access matrix of `@mcp-secure/testing` measures the server by. */
export interface AccessTestView {
  readonly server: string
  readonly resource: Setting
  readonly issuers: readonly IssuerView[]
  readonly scopes: readonly { readonly name: string; readonly counts: object }[]
  readonly items: readonly object[]
  readonly hasResources: boolean
  readonly hasPrompts: boolean
}

export function accessTestView(model: ServerModel): AccessTestView {
  const { resource, issuers, tools, resources, prompts } = policyView(model)
  return {
    server: model.server === null ? '' : said(model.server.name),
    resource,
    issuers,
    scopes: model.scopes.map(({ name, baseline, satisfies }) => ({ name, counts: { baseline, implies: satisfies } })),
    items: [
      ...tools.map(({ name, access }) => ({ kind: 'tool', name, ...access })),
      ...model.resources.map(({ completes, list }, at) => ({
        kind: 'resource',
        name: resources[at]?.name,
        ...accessOfResource(resources[at]),
        completes: completes.map(({ value }) => value),
        lists: list !== null,
      })),
      ...model.prompts.map(({ completes }, at) => ({
        kind: 'prompt',
        name: prompts[at]?.name,
        ...prompts[at]?.access,
        completes: completes.map(({ value }) => value),
      })),
    ],
    hasResources: resources.length > 0,
    hasPrompts: prompts.length > 0,
  }
}

/** What it calls in a caller's name decides nothing of who may read it. */
function accessOfResource(view: ResourceView | undefined): object {
  const { downstream: _, ...policy } = view?.policy ?? {}
  return policy
}
