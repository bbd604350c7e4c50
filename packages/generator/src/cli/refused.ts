import { ExitCode } from './exit-code.js'

/** Ends a command before it has done anything. The message is one line; empty if the person gave up. */
export class Refused extends Error {
  readonly code: ExitCode

  constructor(message: string, code: ExitCode = ExitCode.misuse) {
    super(message)
    this.code = code
  }
}
