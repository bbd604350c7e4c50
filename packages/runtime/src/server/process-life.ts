/** BSD sysexits: the configuration is wrong, so that a supervisor need not try again. */
export const EX_CONFIG = 78

/**
 * Calls `end` on the first SIGINT or SIGTERM. On a second one, and after so many milliseconds, the process ends with 1,
 * whatever is left to do.
 */
export function endOnSignal(limit: number, end: () => void): void {
  let ending = false
  const onSignal = (): void => {
    // Whoever asks twice does not want to wait.
    if (ending) process.exit(1)
    ending = true
    setTimeout(() => process.exit(1), limit).unref()
    end()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
}

/** What is printed of an error that nobody foresaw. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
