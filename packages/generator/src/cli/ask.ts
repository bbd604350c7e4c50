import type { Readable, Writable } from 'node:stream'

export interface Choice {
  readonly value: string
  readonly label?: string
  readonly hint?: string
}

/** Questions to a person at a terminal. An answer of null means that they gave up (Ctrl+C). */
export interface Ask {
  /** `problem` says what is wrong with an answer, which is then asked for again. */
  text(message: string, problem: (answer: string) => string | null): Promise<string | null>
  one(message: string, choices: readonly Choice[]): Promise<string | null>
  /** At least one. */
  some(message: string, choices: readonly Choice[]): Promise<readonly string[] | null>
}

/** Asks on a terminal. What the program prints stays free of questions: they go to stderr. */
export function terminalAsk(input: Readable, output: Writable): Ask {
  // Loaded by the first question, so that `--help` does not wait for it.
  const prompts = () => import('@clack/prompts')
  const asOptions = (choices: readonly Choice[]) =>
    choices.map(({ value, label = value, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) }))
  return {
    async text(message, problem) {
      const { isCancel, text } = await prompts()
      const validate = (answer: string | undefined) => problem(answer ?? '') ?? undefined
      const answer = await text({ message, validate, input, output })
      return isCancel(answer) ? null : answer
    },
    async one(message, choices) {
      const { isCancel, select } = await prompts()
      const answer = await select({ message, options: asOptions(choices), input, output })
      return isCancel(answer) ? null : answer
    },
    async some(message, choices) {
      const { isCancel, multiselect } = await prompts()
      const answer = await multiselect({ message, options: asOptions(choices), required: true, input, output })
      return isCancel(answer) ? null : answer
    },
  }
}
