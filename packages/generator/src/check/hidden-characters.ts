import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { shownTexts } from './shown-texts.js'

/** What a person who approves a text does not see, and a model reads. */
export const hiddenCharacters: Rule = ({ model }) =>
  shownTexts(model).flatMap(({ what, text, place }) => {
    const found = hiddenIn(text)
    return found.length === 0 ? [] : [diagnostic('hidden-characters', place, { what, characters: listed(found) })]
  })

/** Controls, formats, lone surrogates, separators, and what is drawn as nothing although it is a letter or a mark. */
const HIDDEN =
  /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0/gu

const JOINING =
  '\\p{Script=Arabic}\\p{Script=Bengali}\\p{Script=Devanagari}\\p{Script=Gujarati}\\p{Script=Gurmukhi}\\p{Script=Kannada}\\p{Script=Khmer}\\p{Script=Malayalam}\\p{Script=Oriya}\\p{Script=Sinhala}\\p{Script=Tamil}\\p{Script=Telugu}'
const EMOJI = '\\p{Extended_Pictographic}\\ufe0f\\u{1f3fb}-\\u{1f3ff}'

/** Where writing needs a character that is not seen, one at a time: a run of them hides a message. */
const NEEDED = [
  /[\t\n\r]/gu,
  // The flags of England, Scotland and Wales.
  /\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/gu,
  new RegExp(`(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`, 'gu'),
  new RegExp(`(?<=[${EMOJI}])\\u200d(?=\\p{Extended_Pictographic})`, 'gu'),
  /(?<=[\p{Emoji}\p{S}])[\ufe0e\ufe0f]|(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/gu,
]
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const MARKS = /[\u061c\u200e\u200f]/gu

function hiddenIn(text: string): readonly string[] {
  // Each is looked for in the text as it is: taking one out must not bring its neighbours together.
  const needed = new Set(NEEDED.flatMap((pattern) => positions(text, pattern)))
  const marks = RIGHT_TO_LEFT.test(text) ? new Set(positions(text, MARKS)) : new Set<number>()
  return [...text.matchAll(HIDDEN)]
    .filter(({ index }) => !needed.has(index) && !marks.has(index))
    .map(([character]) => character)
}

function positions(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].flatMap(({ index, 0: match }) =>
    Array.from({ length: match.length }, (_, offset) => index + offset),
  )
}

/** `U+200B (2 times), U+202E` */
function listed(characters: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1)
  const all = [...counts].map(([character, count]) => {
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    return count === 1 ? name : `${name} (${count} times)`
  })
  return all.length <= 5 ? all.join(', ') : `${all.slice(0, 5).join(', ')} and ${all.length - 5} more`
}
