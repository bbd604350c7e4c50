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

/** Another place that a finding is about, and what is there: "'notes:read' is declared here". */
export interface Related {
  readonly message: string
  readonly place: Place
}

/** One finding, as plain data: what `--format json` prints is this object. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly fix: string
  readonly place: Place
  /** The other places that it takes to understand it, in the order in which they are read; often none. */
  readonly related: readonly Related[]
}

/** Makes a finding; the message's parameters are typed by its code. */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  place: Place,
  params: DiagnosticParams[C],
  related: readonly Related[] = [],
): Diagnostic {
  const { severity, message, fix } = catalogue[code]
  return {
    code,
    severity,
    message: visible(message(params)),
    fix,
    place,
    related: related.map((other) => ({ ...other, message: visible(other.message) })),
  }
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

/** Whether there is one that keeps everything from being written. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isError)
}

/** A text of one line that does nothing to the terminal, or the program, that shows it. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16)
    return `\\u${hex.padStart(4, '0')}`
  })
}

/** The place of a whole file, when nothing in it can be pointed at. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1, length: 1 }
}
