import { isDeepStrictEqual } from 'node:util'
import type { Difference } from './row.js'

export function compare(where: string, expected: unknown, seen: unknown): readonly Difference[] {
  return isDeepStrictEqual(expected, seen) ? [] : [{ where, expected, seen }]
}
