import type { Io, Stream } from './io.js'

/** How somebody is told what happens: in colour and with progress where a person waits, in plain lines elsewhere. */
export interface Reporter {
  /** Something was done. */
  done(text: string): void
  /** Something was not done, and why. */
  warn(text: string): void
  /** Something that takes its time. */
  during<Result>(label: string, work: () => Promise<Result>): Promise<Result>
  /** What to type next, and a last word. */
  next(commands: readonly string[], last: string): void
}

export async function createReporter({ out }: Io): Promise<Reporter> {
  const plain: Reporter = {
    done: (text) => void out.write(`${text}\n`),
    warn: (text) => void out.write(`${text}\n`),
    during: (_label, work) => work(),
    next: (commands, last) => void out.write(`\nNext:\n${commands.map((line) => `  ${line}\n`).join('')}\n${last}\n`),
  }
  // What is to be copied from a terminal stands there without a frame, too.
  return out.isTTY === true ? { ...plain, ...terminal(await import('@clack/prompts'), out) } : plain
}

function terminal({ log }: typeof import('@clack/prompts'), out: Stream): Omit<Reporter, 'next'> {
  return {
    done: (text) => log.success(text),
    warn: (text) => log.warn(text),
    during: (label, work) => withClock(label, work, out),
  }
}

/**
 * A line that counts the seconds, and goes when the work is done. The spinner of
 * clack takes Ctrl+C for itself and ends the process, and what it waits for
 * would run on.
 */
async function withClock<Result>(label: string, work: () => Promise<Result>, out: Stream): Promise<Result> {
  const started = performance.now()
  const show = (): void => void out.write(`\r   ${label} (${Math.round((performance.now() - started) / 1_000)} s) …`)
  show()
  const clock = setInterval(show, 1_000)
  try {
    return await work()
  } finally {
    clearInterval(clock)
    out.write(ERASE_LINE)
  }
}

/** ECMA-48 section 8.3.41, EL. */
const ERASE_LINE = '\r\u001b[2K'
