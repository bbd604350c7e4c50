import type { Fact } from '../analyse/facts.js'
import type { Place } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { placeInSchema, visitSchema } from '../model/map-schema.js'
import type { ItemModel, SchemaModel, ServerModel } from '../model/server-model.js'

/** A text that a model or a person reads. */
export interface ShownText {
  /** `description of tool 'delete_note'` */
  readonly what: string
  readonly text: string
  readonly place: Place
  /** Whether telling a model what to do is what it is for. */
  readonly isInstructions: boolean
}

/** Every text of the spec that clients show or hand to a model, and those of the consent page. */
export function shownTexts(model: ServerModel): readonly ShownText[] {
  const { server, scopes } = model
  return [
    ...(server === null ? [] : textOf("'name' of the server", server.name)),
    ...(server === null ? [] : textOf("'title' of the server", server.title)),
    ...(server === null ? [] : textOf("'instructions' of the server", server.instructions, true)),
    ...scopes.flatMap(({ name, description }) => textOf(`description of scope '${name}'`, description)),
    ...itemsOf(model).flatMap(textsOf),
    ...model.tools.flatMap((tool) => (tool.output === null ? [] : textsIn(tool, 'output', tool.output))),
  ]
}

function textsOf(item: ItemModel): readonly ShownText[] {
  const side = item.kind === 'tool' ? 'input' : item.kind === 'resource' ? 'variables' : 'arguments'
  return [
    ...textOf(`title of ${nameOf(item)}`, item.title),
    ...textOf(`description of ${nameOf(item)}`, item.description),
    ...textsIn(item, side, item.input),
  ]
}

function textOf(what: string, fact: Fact<string>, isInstructions = false): readonly ShownText[] {
  return typeof fact === 'string' ? [] : [{ what, text: fact.value, place: fact.place, isInstructions }]
}

function textsIn(item: ItemModel, side: string, { wire, place }: SchemaModel): readonly ShownText[] {
  const found: ShownText[] = []
  visitSchema(wire.schema, (part, path) => {
    if (typeof part === 'boolean') return
    for (const keyword of ['title', 'description']) {
      const text = part[keyword]
      if (typeof text !== 'string') continue
      const what = `${keyword} at ${placeInSchema(path)} in the ${side} of ${nameOf(item)}`
      found.push({ what, text, place, isInstructions: false })
    }
  })
  return found
}
