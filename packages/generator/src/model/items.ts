import type { ItemModel, ServerModel } from './server-model.js'

/** Everything that has a rule of who may use it: tools, resources, prompts, each in its own order. */
export function itemsOf({ tools, resources, prompts }: ServerModel): readonly ItemModel[] {
  return [...tools, ...resources, ...prompts]
}
