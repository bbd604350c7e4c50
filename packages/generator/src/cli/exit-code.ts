/** What the process exits with. */
export const ExitCode = {
  fine: 0,
  diagnostics: 1,
  misuse: 2,
  /** sysexits.h, EX_SOFTWARE: a bug of ours. */
  bug: 70,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
