import type { ServerModel } from '../model/server-model.js'
import { importNames } from './identifiers.js'
import { serverOf } from './policy-view.js'

export interface ModulesView {
  readonly server: string
  readonly services: string | null
  readonly tools: readonly { readonly name: string; readonly identifier: string; readonly module: string }[]
}

/** What the generated files import of the user's. */
export function modulesView(model: ServerModel): ModulesView {
  const identifiers = importNames(model.tools.map(({ name }) => name))
  return {
    server: specifierOf(serverOf(model).module),
    services: model.services === null ? null : specifierOf(model.services),
    tools: model.tools.map(({ name, module }) => ({
      name,
      identifier: identifiers.get(name) ?? name,
      module: specifierOf(module),
    })),
  }
}

/** From `generated/` to a module of the project, with the extension that it has when it runs. */
function specifierOf(module: string): string {
  return `../${module.replace(/\.(m?)ts$/, '.$1js')}`
}
