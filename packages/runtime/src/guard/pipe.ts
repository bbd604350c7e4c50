import { Refused } from './refusal.js'

/** One rule: it refuses, or hands on what the next rule needs to know. */
export type Rule<In, Out, Deps> = (state: In, deps: Deps) => Out | Refused | Promise<Out | Refused>

/**
 * Rules in their order. What a rule hands on is what the next one takes, so that
 * a rule that needs a verified caller cannot be moved before the one that
 * verifies: it does not compile.
 */
export class Pipeline<In, Out, Deps> {
  /** The names of the rules, in order. */
  readonly rows: readonly string[]
  readonly #run: Rule<In, Out, Deps>

  private constructor(rows: readonly string[], run: Rule<In, Out, Deps>) {
    this.rows = rows
    this.#run = run
  }

  static of<In, Deps>(): Pipeline<In, In, Deps> {
    return new Pipeline<In, In, Deps>([], (state) => state)
  }

  /** Appends a rule. */
  row<Next>(name: string, rule: Rule<Out, Next, Deps>): Pipeline<In, Next, Deps> {
    return new Pipeline<In, Next, Deps>([...this.rows, name], async (state, deps) => {
      const handedOn = await this.#run(state, deps)
      return handedOn instanceof Refused ? handedOn : rule(handedOn, deps)
    })
  }

  /** Asks each rule in turn; the first refusal is the answer. */
  async run(state: In, deps: Deps): Promise<Out | Refused> {
    return this.#run(state, deps)
  }
}
