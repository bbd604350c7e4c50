import { catalogue, type DiagnosticCode, type DiagnosticParams, type Severity } from './catalogue.js'

/**
 * A place in the user's source. Lines and columns count from 1, columns in
 * UTF-16 units as editors do; `file` is relative to the project, with `/`.
 */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  /** How many columns to underline; at least 1. */
  readonly length: number
}

/** One finding, as plain data: what `--format json` prints is this object. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly fix: string
  readonly place: Place
}

/** Makes a finding; the message's parameters are typed by its code. */
export function diagnostic<C extends DiagnosticCode>(code: C, place: Place, params: DiagnosticParams[C]): Diagnostic {
  const entry = catalogue[code]
  return { code, severity: entry.severity, message: entry.message(params), fix: entry.fix, place }
}

/** The place of a whole file, when nothing in it can be pointed at. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1, length: 1 }
}
