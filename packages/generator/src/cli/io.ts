import { type Ask, terminalAsk } from './ask.js'

/** Where the command line reads its surroundings from and writes to. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly out: Stream
  readonly err: Stream
  /** Listens for what ends `--watch`. */
  readonly interrupted: () => AbortSignal
  /** Asks the person at the terminal; absent where nobody sits there. */
  readonly ask?: Ask | undefined
}

export interface Stream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

/**
 * https://no-color.org: any value but the empty one. `FORCE_COLOR` colours what
 * is piped, as CI systems that show colours ask for; who wants none is heard first.
 */
export function wantsColor(stream: Stream, env: Io['env']): boolean {
  if ((env.NO_COLOR ?? '') !== '') return false
  const forced = env.FORCE_COLOR ?? ''
  if (forced !== '') return forced !== '0' && forced !== 'false'
  return isInteractive(stream, env)
}

/** Whether a person sees the stream, on a terminal that can move its cursor. */
export function isInteractive(stream: Stream, env: Io['env']): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb'
}

/** The columns that a text may take: as wide as the terminal, and what every page shows where there is none. */
export function widthOf({ isTTY, columns = 0 }: Stream): number {
  return isTTY === true && columns > 0 ? columns : 80
}

/** The surroundings of the process itself. */
export function processIo(): Io {
  const { stdin, stdout: out, stderr: err, env } = process
  for (const stream of [out, err]) stream.on('error', leaveUnread)
  const ask = stdin.isTTY === true && isInteractive(err, env) ? terminalAsk(stdin, err) : undefined
  return { cwd: process.cwd(), env, out, err, interrupted, ask }
}

/** Whoever reads may have seen enough, as `| head` has: what was asked for is done all the same. */
function leaveUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Only who waits for it listens: a build by itself is ended by the signal as every program is. */
function interrupted(): AbortSignal {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  return abort.signal
}
