import { byCodeUnits } from '../model/order.js'
import type { Diagnostic } from './diagnostic.js'

/** By place, then code, each finding once: the order depends on the source alone. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(diagnostics.map((found) => [key(found), found]))
  return [...unique.values()].sort(compare)
}

function key({ code, message, place }: Diagnostic): string {
  return JSON.stringify([place.file, place.line, place.column, code, message])
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    byCodeUnits(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    byCodeUnits(a.code, b.code) ||
    byCodeUnits(a.message, b.message)
  )
}
