import type { AccessLock } from './access-lock.js'
import type { Change } from './change.js'
import { commonNames, namesIn } from './names.js'

/** What handlers do besides answering, such as asking the person: nobody may do more by it, and it is told. */
export function compareUses(before: AccessLock, after: AccessLock): readonly Change[] {
  return [...compareKind('tool', before.tools, after.tools), ...compareKind('prompt', before.prompts, after.prompts)]
}

type Using = Readonly<Record<string, { readonly uses?: readonly string[] }>>

function compareKind(kind: 'tool' | 'prompt', before: Using, after: Using): readonly Change[] {
  return commonNames(before, after).flatMap(([name, was, is]): readonly Change[] => {
    const words = { before: namesIn(was.uses ?? []), after: namesIn(is.uses ?? []) }
    if (words.before === words.after) return []
    return [{ effect: 'none', breaks: false, subject: { kind, name }, aspect: 'uses', ...words }]
  })
}
