export const ExitCode = { fine: 0, failed: 1, misuse: 2, interrupted: 130 } as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** What keeps this program from going on, in words for whoever typed the command. */
export class Problem extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = ExitCode.failed) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The command line says something that cannot be. */
export function misuse(message: string): Problem {
  return new Problem(message, ExitCode.misuse)
}

/** The code of an error of the system, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
