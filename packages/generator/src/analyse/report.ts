import type { DiagnosticCode, DiagnosticParams } from '../diagnostics/catalogue.js'
import { type Diagnostic, diagnostic, type Place, type Related } from '../diagnostics/diagnostic.js'

/** Collects the findings of one analysis. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  add<C extends DiagnosticCode>(code: C, place: Place, params: DiagnosticParams[C], related?: readonly Related[]): void
  /** Takes over findings that were made before. */
  include(found: readonly Diagnostic[]): void
}

export function createReport(): Report {
  const diagnostics: Diagnostic[] = []
  return {
    diagnostics,
    add: (code, place, params, related) => void diagnostics.push(diagnostic(code, place, params, related)),
    include: (found) => void diagnostics.push(...found),
  }
}
