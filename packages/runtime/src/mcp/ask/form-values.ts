import { isRecord } from '../is-record.js'

type Values = Readonly<Record<string, unknown>>

/**
 * What was filled into a form (MCP, elicitation: restricted schema): only the
 * fields that it has, each as it says. Nothing, if one of them is not so.
 */
export function readForm(schema: unknown, content: unknown): Values | undefined {
  if (!isRecord(schema) || !isRecord(schema.properties) || !isRecord(content)) return undefined
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.properties)) {
    const value = Object.hasOwn(content, name) ? content[name] : undefined
    if (value === undefined) {
      if (required.includes(name)) return undefined
      continue
    }
    if (!isRecord(field) || !fits(field, value)) return undefined
    values[name] = value
  }
  return values
}

function fits(field: Values, value: unknown): boolean {
  switch (field.type) {
    case 'string':
      return typeof value === 'string' && fitsText(field, value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isSafeInteger(value) && isBetween(value, field.minimum, field.maximum)
    case 'number':
      return Number.isFinite(value) && isBetween(value, field.minimum, field.maximum)
    case 'array':
      return Array.isArray(value) && fitsChoices(field, value)
    default:
      return false
  }
}

function fitsText(field: Values, value: string): boolean {
  const choices = choicesOf(field)
  if (choices !== undefined) return choices.includes(value)
  // JSON Schema counts characters, not halves of them.
  return isBetween([...value].length, field.minLength, field.maxLength) && hasFormat(field.format, value)
}

function fitsChoices({ items, minItems, maxItems }: Values, value: readonly unknown[]): boolean {
  const choices = isRecord(items) ? choicesOf(items) : undefined
  return (
    choices !== undefined && isBetween(value.length, minItems, maxItems) && value.every((one) => choices.includes(one))
  )
}

function choicesOf(field: Values): readonly unknown[] | undefined {
  if (Array.isArray(field.enum)) return field.enum
  const titled = field.oneOf ?? field.anyOf
  return Array.isArray(titled) ? titled.map((one) => (isRecord(one) ? one.const : undefined)) : undefined
}

function isBetween(value: unknown, least: unknown, most: unknown): boolean {
  return (
    typeof value === 'number' &&
    (typeof least !== 'number' || value >= least) &&
    (typeof most !== 'number' || value <= most)
  )
}

function hasFormat(format: unknown, value: string): boolean {
  switch (format) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(value)
    case 'uri':
      return URL.canParse(value)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    case 'date-time':
      return /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}/.test(value) && !Number.isNaN(Date.parse(value))
    default:
      return true
  }
}
