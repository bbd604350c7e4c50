import { isDeepStrictEqual } from 'node:util'
import { type Narrowing, type Pair, say } from './narrowings.js'

const LOWEST = ['exclusiveMinimum', 'minimum', 'minItems', 'minLength', 'minProperties']
const HIGHEST = ['exclusiveMaximum', 'maximum', 'maxItems', 'maxLength', 'maxProperties']

/** Bounds of numbers, lengths and counts, and forms of text. */
export function boundProblems(pair: Pair): readonly Narrowing[] {
  return [
    ...LOWEST.flatMap((keyword) => numberProblem(pair, keyword, (was, is) => is > was)),
    ...HIGHEST.flatMap((keyword) => numberProblem(pair, keyword, (was, is) => is < was)),
    ...numberProblem(pair, 'multipleOf', (was, is) => was % is !== 0),
    ...['format', 'pattern', 'uniqueItems'].flatMap((keyword) => formProblem(pair, keyword)),
  ]
}

function numberProblem(
  { before, after, path, direction }: Pair,
  keyword: string,
  isNarrower: (was: number, is: number) => boolean,
): readonly Narrowing[] {
  const [was, is] = [before[keyword], after[keyword]]
  if (typeof is !== 'number' || takesNothingLess(keyword, is)) return []
  if (typeof was === 'number' && !isNarrower(was, is)) return []
  const words = typeof was === 'number' ? `${is}, was ${was}` : String(is)
  return [{ path, problem: `${keyword} ${say(direction, `is now ${words}`, `${is} is kept no more`)}` }]
}

/** Nothing has fewer than no items. */
function takesNothingLess(keyword: string, value: number): boolean {
  return /^min(?:Items|Length|Properties)$/.test(keyword) && value <= 0
}

/** Two patterns cannot be compared: another one counts as narrower. */
function formProblem({ before, after, path, direction }: Pair, keyword: string): readonly Narrowing[] {
  const [was, is] = [before[keyword], after[keyword]]
  if (is === undefined || is === false || isDeepStrictEqual(was, is)) return []
  const words = keyword === 'format' ? `${keyword} ${JSON.stringify(is)}` : keyword
  return [{ path, problem: say(direction, `has to keep another ${words}`, `keeps its ${words} no more`) }]
}
