import { isSchema } from './map-schema.js'
import type { WireSchema } from './server-model.js'

/** One argument of a prompt, as clients see it. */
export interface PromptArgumentModel {
  readonly name: string
  readonly title: string | null
  readonly description: string | null
  readonly required: boolean
}

/** What a schema says of the arguments, in its order; nothing, if it is no object. */
export function promptArguments({ schema, wrapped }: WireSchema): readonly PromptArgumentModel[] {
  const { properties, required } = schema
  if (wrapped !== null || !isSchema(properties) || typeof properties === 'boolean') return []
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: textOf(property, 'title'),
    description: textOf(property, 'description'),
    required: Array.isArray(required) && required.includes(name),
  }))
}

function textOf(property: unknown, key: 'title' | 'description'): string | null {
  const value = isSchema(property) && typeof property !== 'boolean' ? property[key] : undefined
  return typeof value === 'string' ? value : null
}
