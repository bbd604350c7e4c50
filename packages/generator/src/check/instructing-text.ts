import { diagnostic } from '../diagnostics/diagnostic.js'
import { INSTRUCTING } from './instructing.js'
import type { Rule } from './rule.js'
import { shownTexts } from './shown-texts.js'

/** One finding for each way in which a text gives orders, with the first words that do. */
export const instructingText: Rule = ({ model }) =>
  shownTexts(model).flatMap(({ what, text, place, isInstructions }) =>
    INSTRUCTING.filter(({ isFineInInstructions }) => !(isInstructions && isFineInInstructions)).flatMap(
      ({ problem, pattern }) => {
        const found = pattern.exec(text)
        return found === null ? [] : [diagnostic('instructing-text', place, { what, problem, words: short(found[0]) })]
      },
    ),
  )

const LONGEST = 60

function short(words: string): string {
  const text = words.replace(/\s+/g, ' ').trim()
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
