import type { Keywords } from '../map-schema.js'

/** The formats of 2020-12 (validation, section 7.3), with values that each of them allows. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  date: ['2024-02-29', '1999-12-31'],
  'date-time': ['2024-02-29T00:00:00Z', '1999-12-31T23:59:59.123Z', '2024-02-29T12:30:00+02:00'],
  duration: ['P3D', 'PT1H30M', 'P1Y2M'],
  email: ['a@example.com', "o'brien+notes@mail.example.org", 'a.b-c_d@example.co'],
  hostname: ['example.com', 'a-1.b.example'],
  'idn-email': [],
  'idn-hostname': [],
  ipv4: ['192.0.2.1', '0.0.0.0', '255.255.255.255'],
  ipv6: ['2001:db8::1', '::', '2001:db8:0:0:0:0:0:1'],
  iri: [],
  'iri-reference': [],
  'json-pointer': [],
  regex: [],
  'relative-json-pointer': [],
  time: ['12:30:00Z', '23:59:59+02:00'],
  uri: ['https://example.com/a?b#c', 'urn:isbn:0451450523', 'mailto:a@example.com'],
  'uri-reference': [],
  'uri-template': [],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    'c232ab00-9414-11ec-b3c8-9f6bdeced846',
    '919108f7-52d1-4320-9bac-f847db4148a8',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  ],
}

/**
 * A text with one description of its form: the format, if it is one that JSON
 * Schema knows, or the pattern. The long patterns that Zod writes beside its
 * formats go, those that say more than the format stay; the parser checks both.
 */
export function plainFormat(keywords: Keywords): Keywords {
  const { format, pattern, ...rest } = keywords
  if (typeof format !== 'string') return keywords
  const examples = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (examples === undefined) return pattern === undefined ? rest : { ...rest, pattern }
  if (typeof pattern !== 'string') return keywords
  const said = matcher(pattern)
  if (examples.length > 0 && examples.every(said)) return { ...rest, format }
  return format === 'date-time' ? dateTime(keywords, examples, said) : keywords
}

/** Zod takes times in UTC, or with any offset, or with none; the format is the second of these. */
function dateTime(keywords: Keywords, examples: readonly string[], said: (text: string) => boolean): Keywords {
  const { format, ...unformatted } = keywords
  // Without an offset it is no `date-time` (RFC 3339, section 5.6): a validator would refuse what the parser wants.
  if (said('2024-02-29T00:00:00')) return unformatted
  const isUtcOnly = examples.every((text) => said(text) === text.endsWith('Z'))
  return isUtcOnly ? { ...keywords, pattern: 'Z$' } : keywords
}

function matcher(pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern, 'u')
    return (text) => expression.test(text)
  } catch {
    return () => false
  }
}
