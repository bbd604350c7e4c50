import type { ItemKind } from '../model/item-name.js'
import type { ItemModel, ServerModel } from '../model/server-model.js'
import { importNames } from './identifiers.js'
import { serverOf } from './policy-view.js'

export interface ModulesView {
  readonly server: string
  readonly services: string | null
  readonly tools: readonly ModuleView[]
  readonly resources: readonly ModuleView[]
  readonly prompts: readonly ModuleView[]
  /** Whether what the server is made of does not fit on one line. */
  readonly isLong: boolean
}

interface ModuleView {
  readonly name: string
  readonly identifier: string
  readonly module: string
}

/** What the generated files import of the user's. */
export function modulesView(model: ServerModel): ModulesView {
  return {
    server: specifierOf(serverOf(model).module),
    services: model.services === null ? null : specifierOf(model.services),
    tools: moduleViews('tool', model.tools),
    resources: moduleViews('resource', model.resources),
    prompts: moduleViews('prompt', model.prompts),
    isLong: model.resources.length > 0 && model.prompts.length > 0,
  }
}

function moduleViews(kind: ItemKind, items: readonly ItemModel[]): readonly ModuleView[] {
  const names = items.map(({ name }) => name)
  const identifiers = importNames(kind, names)
  return items.map(({ name, module }) => ({
    name,
    identifier: identifiers.get(name) ?? name,
    module: specifierOf(module),
  }))
}

/** From `generated/` to a module of the project, with the extension that it has when it runs. */
function specifierOf(module: string): string {
  return `../${module.replace(/\.(m?)ts$/, '.$1js')}`
}
