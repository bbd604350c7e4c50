/**
 * The authorization server cannot start as it is configured. The message names
 * every problem at once, each with what to do, and is meant to be printed
 * without a stack.
 */
export class ConfigurationError extends Error {
  override readonly name: string = 'ConfigurationError'
  /** One entry a problem; lines after the first are its explanation. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `  ${problem.replaceAll('\n', '\n    ')}`).join('\n\n')
    super(`The authorization server cannot start:\n\n${list}`)
    this.problems = problems
  }
}
