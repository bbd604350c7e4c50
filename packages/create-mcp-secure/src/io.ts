/** Where this program reads its surroundings from and writes to. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: Stream
  readonly err: Stream
  /** Whether somebody sits at a terminal and can be asked. */
  readonly interactive: boolean
  /** Aborted by Ctrl+C. */
  readonly interrupted: AbortSignal
}

export interface Stream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

export function processIo(): Io {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort())
  return {
    cwd: process.cwd(),
    env: process.env,
    out: process.stdout,
    err: process.stderr,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    interrupted: interrupt.signal,
  }
}
