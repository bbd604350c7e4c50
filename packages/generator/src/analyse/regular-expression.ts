/**
 * The flags that change what a pattern matches, or null. JSON Schema has no
 * place for flags, and reads a pattern as with `u` (2020-12, section 6.4).
 */
export function flagsThatMatter({ flags }: RegExp): string | null {
  const lost = flags.replace(/[dgu]/g, '')
  return lost === '' ? null : lost
}
