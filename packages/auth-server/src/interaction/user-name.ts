/** A subject as people type it: lower-cased, 1 to 64 of `a-z 0-9 . _ -`; `undefined` when it is none. */
export function readUserName(value: unknown): string | undefined {
  // A page with both a field and buttons sends both; what was filled in or pressed counts.
  const typed = [value].flat().findLast((entry) => typeof entry === 'string' && entry.trim() !== '')
  const name = typeof typed === 'string' ? typed.trim().toLowerCase() : ''
  return /^[a-z0-9._-]{1,64}$/.test(name) ? name : undefined
}
