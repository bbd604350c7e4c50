import type { Paint } from '../diagnostics/paint.js'
import { type Change, changeInWords, subjectInWords } from '../lock/change.js'
import { oneLine } from '../render/markdown.js'

const WIDTH = 'tighter'.length

/** One line a change, for whoever built. */
export function changesAsLines(changes: readonly Change[], paint: Paint): string {
  return changes
    .map((change) => {
      const text = oneLine(`${subjectInWords(change.subject)}: ${changeInWords(change)}`)
      const breaks = change.breaks && change.effect !== 'none' ? ' (breaks callers)' : ''
      return `  ${effectWord(change, paint)}  ${text}${breaks}\n`
    })
    .join('')
}

/** What a change means in one word, as wide as every other. */
export function effectWord({ effect, breaks }: Pick<Change, 'effect' | 'breaks'>, paint: Paint): string {
  if (effect === 'looser') return paint('red', 'LOOSER'.padEnd(WIDTH))
  if (effect === 'none') return breaks ? paint('yellow', 'breaks'.padEnd(WIDTH)) : 'other'.padEnd(WIDTH)
  return effect.padEnd(WIDTH)
}
