import type { Field } from './field.js'

/**
 * What stands in a field before anybody typed; `undefined` is left out of the
 * arguments. What is optional starts empty.
 */
export function initialValue(field: Field, required = true): unknown {
  if (field.initial !== undefined) return field.initial
  if (!required) return undefined
  switch (field.kind) {
    case 'text':
      return ''
    case 'choice':
      return field.values.length === 1 ? field.values[0] : undefined
    case 'list':
      return []
    case 'group':
      return Object.fromEntries(
        field.members.flatMap(({ name, required: needed, field: member }) => {
          const value = initialValue(member, needed)
          return value === undefined ? [] : [[name, value]]
        }),
      )
    case 'variants':
      return field.variants[0] && initialValue(field.variants[0])
    case 'number':
    case 'boolean':
    case 'json':
      return undefined
  }
}
