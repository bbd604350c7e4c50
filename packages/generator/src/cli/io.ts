/** Where the command line reads its surroundings from and writes to. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: Stream
  readonly err: Stream
  /** Listens for what ends `--watch`. */
  readonly interrupted: () => AbortSignal
}

export interface Stream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

/** https://no-color.org: any value but the empty one. */
export function wantsColor(stream: Stream, env: Io['env']): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
}

/** The surroundings of the process itself. */
export function processIo(): Io {
  return { cwd: process.cwd(), env: process.env, out: process.stdout, err: process.stderr, interrupted }
}

/** Only who waits for it listens: a build by itself is ended by the signal as every program is. */
function interrupted(): AbortSignal {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  return abort.signal
}
