import type { Attack } from './attack.js'
import { tokens } from './groups/tokens.js'

/** Every attack, by what it goes for. */
export const GROUPS: readonly (readonly [string, readonly Attack[]])[] = [['tokens', tokens]]
