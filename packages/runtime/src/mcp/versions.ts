/** Revisions of the protocol, newest first: the first legacy one is what an unknown version is answered with. */
export const VERSIONS: readonly string[] = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26']

/** From this revision on there are no sessions, and every request says which it speaks. Dates compare as text. */
export const FIRST_MODERN = '2026-07-28'
