import type { AccessLock, Hints } from './access-lock.js'
import type { Change } from './change.js'
import { commonNames } from './names.js'

const HINTS = ['readOnly', 'destructive', 'idempotent', 'openWorld'] as const satisfies readonly (keyof Hints)[]

/**
 * A hint that flipped, in either direction, under the same scopes: towards
 * harmless, clients ask their user less; away from it, the tool says that the
 * same callers can do more with it.
 */
export function compareHints({ tools: before }: AccessLock, { tools: after }: AccessLock): readonly Change[] {
  return commonNames(before, after).flatMap(([name, { hints: was }, { hints: is }]) =>
    HINTS.flatMap((hint): readonly Change[] => {
      const [old, now] = [was[hint], is[hint]]
      // MCP gives some no meaning beside `readOnlyHint`, and that flipped then.
      if (old === undefined || now === undefined || old === now) return []
      const words = { before: String(old), after: String(now) }
      return [{ effect: 'looser', breaks: false, subject: { kind: 'tool', name }, aspect: `${hint}Hint`, ...words }]
    }),
  )
}
