import type { Ask, QuestionKind } from './ask.js'
import type { Changes } from './changes.js'

/**
 * What a handler does besides answering. It gets what it names, and nothing else.
 *
 * - `progress`: says how far it is, if the client wants to know.
 * - `logging`: sends log messages, if the client wants them.
 * - `elicitation`: asks the person, by a form or a page.
 * - `sampling`: asks the client's model.
 * - `roots`: asks which folders the client works in.
 * - `changes`: says that lists or resources changed.
 * - `polling`: lets the client hang up and come back for the answer (2025-11-25).
 *
 * The protocol has deprecated `logging`, `sampling` and `roots` in 2026-07-28.
 */
export type Use = QuestionKind | 'progress' | 'logging' | 'changes' | 'polling'

/** MCP, logging: the levels of RFC 5424. */
export type LogLevel = 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'critical' | 'alert' | 'emergency'

export interface Progress {
  /** How much is done; never less than before. */
  readonly progress: number
  /** How much there is, if that is known. */
  readonly total?: number
  readonly message?: string
}

interface WithProgress {
  /** Tells the client how far the work is, if it asked to be told. */
  progress(progress: Progress): Promise<void>
}

interface WithLogging {
  /** Sends a log message to the client, if it wants this level. Data of others, and secrets, do not belong in it. */
  log(level: LogLevel, data: unknown): Promise<void>
}

interface WithPolling {
  /** Ends the stream that the client waits at; it comes back for the answer, if it speaks 2025-11-25. */
  hangUp(): void
}

interface WithChanges {
  readonly changes: Changes
}

type If<Uses extends readonly Use[], Wanted extends Use, Given> =
  Extract<Uses[number], Wanted> extends never ? unknown : Given

/** What a handler gets for what it uses. */
export type UsesContext<Uses extends readonly Use[]> = If<Uses, 'progress', WithProgress> &
  If<Uses, 'logging', WithLogging> &
  If<Uses, 'polling', WithPolling> &
  If<Uses, 'changes', WithChanges> &
  If<Uses, QuestionKind, Ask<Extract<Uses[number], QuestionKind>>>
