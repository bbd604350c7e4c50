import type { Field } from './field.js'
import { hintOf } from './hint.js'

/** One line of a schema as a table for people. */
export interface Line {
  /** `address.street`, `tags[]` */
  readonly path: string
  readonly type: string
  readonly required: boolean
  readonly description: string
}

/** The members of a schema, each on a line, those within others too. */
export function describe(field: Field): readonly Line[] {
  return below(field, '')
}

function below(field: Field, path: string): readonly Line[] {
  if (field.kind === 'group') {
    return field.members.flatMap(({ name, required, field: member }) => {
      const at = path === '' ? name : `${path}.${name}`
      return [{ path: at, type: typeOf(member), required, description: member.description ?? '' }, ...below(member, at)]
    })
  }
  return field.kind === 'list' ? below(field.items, `${path}[]`) : []
}

function typeOf(field: Field): string {
  switch (field.kind) {
    case 'text':
      return ['text', hintOf(field)].filter(Boolean).join(', ')
    case 'number':
      return hintOf(field)
    case 'boolean':
      return 'true or false'
    case 'choice':
      return field.values.map((value) => JSON.stringify(value)).join(' | ')
    case 'list':
      return field.items.kind === 'group' ? 'list of objects' : `list of: ${typeOf(field.items)}`
    case 'group':
      return 'object'
    case 'variants':
      return field.variants.map(({ label }) => label).join(' | ')
    case 'json':
      return 'any JSON'
  }
}
