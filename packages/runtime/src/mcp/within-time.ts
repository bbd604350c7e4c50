/** Something did not end in time. What it was doing may still go on: it was told to stop. */
export class TookTooLong extends Error {
  override readonly name: string = 'TookTooLong'
}

/**
 * Runs something for so many seconds at most. When they are over, the signal
 * that it got is aborted, and nobody waits for it any more.
 *
 * @throws {TookTooLong}
 */
export async function withinTime<T>(seconds: number, run: (late: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new TookTooLong(`It did not end within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`)
      controller.abort(error)
      reject(error)
    }, seconds * 1000)
  })
  try {
    return await Promise.race([run(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
