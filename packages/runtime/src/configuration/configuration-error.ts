/**
 * The server cannot start as it is configured or generated. The message names
 * every problem at once, each with what it is for and what to do, and is meant
 * to be printed without a stack.
 */
export class ConfigurationError extends Error {
  override readonly name: string = 'ConfigurationError'
  /** One entry a problem; lines after the first are its explanation. */
  readonly problems: readonly string[]
  /** What goes for all of them. */
  readonly hint: string | undefined

  constructor(problems: readonly string[], hint?: string) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    const list = problems.map((problem) => `  ${problem.replaceAll('\n', '\n    ')}`).join('\n\n')
    super(`The server cannot start: ${count}.\n\n${list}${hint ? `\n\n${hint}` : ''}`)
    this.problems = problems
    this.hint = hint
  }
}
