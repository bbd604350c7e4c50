import type { SchemaModel, ServerModel } from '../model/server-model.js'
import { type ModulesView, modulesView } from './modules-view.js'
import { type AccessView, type ItemView, policyView } from './policy-view.js'
import { said } from './said.js'

/** The content of `client.gen.ts`: the types of the project's modules, and data in the shape of `ClientTools`. */
export interface ClientView {
  readonly server: string
  readonly tools: readonly (ModulesView['tools'][number] & { readonly travels: object })[]
}

export function clientView(model: ServerModel): ClientView {
  const { tools } = policyView(model)
  return {
    server: model.server === null ? '' : said(model.server.name),
    tools: modulesView(model).tools.map((module, at) => ({
      ...module,
      travels: {
        ...ruleOf(tools[at]?.access),
        input: wrapping(model.tools[at]?.input ?? null),
        output: wrapping(model.tools[at]?.output ?? null),
      },
    })),
  }
}

/** Who may call it, without what else is asked for: that is between the server and the login. */
function ruleOf(access: ItemView['access'] | undefined): AccessView | undefined {
  if (access === undefined) return undefined
  switch (access.access) {
    case 'scopes':
      return { access: 'scopes', scopes: access.scopes }
    case 'any-of':
      return { access: 'any-of', anyOf: access.anyOf }
    default:
      return { access: access.access }
  }
}

function wrapping(schema: SchemaModel | null): object | null {
  return schema === null ? null : { wrapped: schema.wire.wrapped }
}
