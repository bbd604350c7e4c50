import type { JsonSchema } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { isSchema } from '../model/map-schema.js'
import type { PromptModel } from '../model/server-model.js'
import { isTextSchema } from '../model/text-schema.js'
import type { Rule } from './rule.js'

/** A URI is text, and MCP (prompts) knows no other arguments. */
export const valueNotText: Rule = ({ model }) => [
  ...model.resources.flatMap((resource) =>
    (resource.variables ?? [])
      .filter(({ schema }) => schema !== null && !isTextSchema(schema))
      .map(({ name, place }) =>
        diagnostic('value-not-text', place, { item: nameOf(resource), value: `variable '${name}'` }),
      ),
  ),
  ...model.prompts.flatMap((prompt) =>
    argumentSchemas(prompt)
      .filter(([, schema]) => !isTextSchema(schema, prompt.input.wire.schema))
      .map(([name]) =>
        diagnostic('value-not-text', prompt.input.place, { item: nameOf(prompt), value: `argument '${name}'` }),
      ),
  ),
]

function argumentSchemas({ input: { wire } }: PromptModel): readonly [string, JsonSchema][] {
  const { properties } = wire.schema
  if (wire.wrapped !== null || !isSchema(properties) || typeof properties === 'boolean') return []
  return Object.entries(properties).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
}
