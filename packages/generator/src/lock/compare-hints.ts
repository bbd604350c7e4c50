import type { AccessLock, Hints } from './access-lock.js'
import type { Change } from './change.js'
import { commonNames } from './names.js'

const WORDS: readonly (readonly [hint: keyof Hints, yes: string, no: string])[] = [
  ['readOnly', 'reads only', 'changes things'],
  ['destructive', 'destroys', 'destroys nothing'],
  ['idempotent', 'idempotent', 'not idempotent'],
  ['openWorld', 'reaches beyond this server', 'stays within this server'],
]

/**
 * A hint that flipped, in either direction, under the same scopes: towards
 * harmless, clients ask their user less; away from it, the tool says that the
 * same callers can do more with it.
 */
export function compareHints({ tools: before }: AccessLock, { tools: after }: AccessLock): readonly Change[] {
  return commonNames(before, after).flatMap(([name, { hints: was }, { hints: is }]) =>
    WORDS.flatMap(([hint, yes, no]): readonly Change[] => {
      const [old, now] = [was[hint], is[hint]]
      // MCP gives some no meaning beside `readOnlyHint`, and that flipped then.
      if (old === undefined || now === undefined || old === now) return []
      const words = { before: old ? yes : no, after: now ? yes : no }
      return [{ effect: 'looser', breaks: false, subject: { kind: 'tool', name }, aspect: `${hint}Hint`, ...words }]
    }),
  )
}
