/** The entries of a record whose names another one lacks. */
export function onlyIn<Value>(
  record: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: Value])[] {
  return Object.entries(record).filter(([name]) => !Object.hasOwn(other, name))
}

/** The entries that two records both have. */
export function commonNames<Value>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
): readonly (readonly [name: string, before: Value, after: Value])[] {
  return Object.entries(after).flatMap(([name, is]) => {
    const was = Object.hasOwn(before, name) ? before[name] : undefined
    return was === undefined ? [] : [[name, was, is] as const]
  })
}

/** A list of names in words. */
export function namesIn(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ')
}
