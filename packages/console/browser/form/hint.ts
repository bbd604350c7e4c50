import type { Field, NumberRules, TextRules } from './field.js'
import { mayBe } from './format.js'

/** What a field takes, in a few words; empty when anything of its kind goes. */
export function hintOf(field: Field): string {
  if (field.kind === 'text') return textHint(field.rules)
  if (field.kind === 'number')
    return [field.integer ? 'whole number' : 'number', range(field.rules)].filter(Boolean).join(', ')
  if (field.kind === 'json') return 'JSON'
  return ''
}

/** How a value disagrees with its schema, in a few words. The server is the judge: it is only said, never in the way. */
export function disagreement(field: Field, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined
  if (field.kind === 'number') return numberDisagreement(field.integer, field.rules, value)
  if (field.kind !== 'text' || typeof value !== 'string') return undefined
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = field.rules
  const length = [...value].length
  if (length < minLength) return `shorter than ${minLength} characters`
  if (length > maxLength) return `longer than ${maxLength} characters`
  if (pattern !== undefined && !matches(pattern, value))
    return format === undefined ? 'not of the pattern' : `no ${format}`
  if (format !== undefined && !mayBe(format, value)) return `no ${format}`
  return undefined
}

function numberDisagreement(integer: boolean, rules: NumberRules, value: unknown): string | undefined {
  if (typeof value !== 'number') return 'not a number'
  if (integer && !Number.isInteger(value)) return 'not a whole number'
  const { minimum, maximum, above, below } = rules
  const inside =
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  return inside ? undefined : `not ${range(rules)}`
}

function textHint({ minLength, maxLength, pattern, format }: TextRules): string {
  const length = lengths(minLength ?? 0, maxLength)
  const shape = format ?? (pattern !== undefined && pattern.length <= 40 ? `matches ${pattern}` : '')
  return [shape, length].filter(Boolean).join(', ')
}

function lengths(least: number, most: number | undefined): string {
  if (most !== undefined) return least > 0 ? `${least} to ${most} characters` : `up to ${most} characters`
  if (least === 0) return ''
  return least === 1 ? 'not empty' : `at least ${least} characters`
}

function range({ minimum, maximum, above, below }: NumberRules): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`
  const low = minimum !== undefined ? `at least ${minimum}` : above !== undefined ? `above ${above}` : ''
  const high = maximum !== undefined ? `at most ${maximum}` : below !== undefined ? `below ${below}` : ''
  return [low, high].filter(Boolean).join(', ')
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    // A pattern of another dialect: who can tell.
    return true
  }
}
