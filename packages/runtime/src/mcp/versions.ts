/** The revision in which a request says itself which it is of. */
export const MODERN_VERSION = '2026-07-28'

/** Revisions of the protocol, newest first: the first legacy one is what an unknown version is answered with. */
export const VERSIONS: readonly string[] = [MODERN_VERSION, '2025-11-25', '2025-06-18', '2025-03-26']
