/** A handler that ran, and for whom. */
export interface Run {
  readonly handler: string
  readonly subject: string
  readonly given: unknown
}

/** Where whoever attacks finds the runs: `attack/src/world/reporter.ts` in the same process. */
const PLACE = Symbol.for('mcp-secure.attack.runs')

/** Notes every handler that runs, so that whoever attacks can tell that none did. */
export class Witness {
  note(handler: string, subject: string, given: unknown): void {
    const runs: unknown = Reflect.get(globalThis, PLACE)
    if (Array.isArray(runs)) runs.push({ handler, subject, given } satisfies Run)
  }
}
