/** `value` with one member changed; `undefined` takes it out. */
export function withMember(value: unknown, name: string, member: unknown): Readonly<Record<string, unknown>> {
  const entries = Object.entries(asRecord(value)).filter(([key]) => key !== name)
  // Through entries, so that a property called __proto__ stays a property.
  return Object.fromEntries(member === undefined ? entries : [...entries, [name, member]])
}

export function memberOf(value: unknown, name: string): unknown {
  const record = asRecord(value)
  return Object.hasOwn(record, name) ? record[name] : undefined
}

export function withItem(value: unknown, index: number, item: unknown): readonly unknown[] {
  return asList(value).map((old, at) => (at === index ? item : old))
}

export function withoutItem(value: unknown, index: number): readonly unknown[] {
  return asList(value).filter((_, at) => at !== index)
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}
