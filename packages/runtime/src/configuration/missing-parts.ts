/** What lacks one of its parts: each of these records has to have the same names. */
export function missingParts(
  kind: string,
  parts: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string[] {
  const names = new Set(Object.values(parts).flatMap((part) => Object.keys(part)))
  return [...names].sort().flatMap((name) =>
    Object.entries(parts)
      .filter(([, part]) => !Object.hasOwn(part, name))
      .map(([what]) => `The ${kind} ${JSON.stringify(name)} has no ${what}.`),
  )
}
