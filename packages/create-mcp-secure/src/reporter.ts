import type { Io } from './io.js'

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
  return out.isTTY === true ? { ...plain, ...terminal(await import('@clack/prompts')) } : plain
}

function terminal({ log, spinner }: typeof import('@clack/prompts')): Omit<Reporter, 'next'> {
  return {
    done: (text) => log.success(text),
    warn: (text) => log.warn(text),
    async during(label, work) {
      // Ctrl+C is handled by the work itself.
      const progress = spinner({ indicator: 'timer' })
      progress.start(label)
      try {
        return await work()
      } finally {
        progress.clear()
      }
    },
  }
}
