import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from './report.js'

/** What was read from files that have not changed since. */
export interface Memory {
  /**
   * Reads something from a file, or recalls what was read, with its findings, if
   * the stamp of the file is the same; a file without a stamp is read every time.
   */
  recall<T>(path: string, stamp: string | null, report: Report, read: (report: Report) => T): T
}

interface Remembered {
  readonly stamp: string
  readonly value: unknown
  readonly diagnostics: readonly Diagnostic[]
}

export function createMemory(): Memory {
  const known = new Map<string, Remembered>()
  return {
    recall<T>(path: string, stamp: string | null, report: Report, read: (report: Report) => T): T {
      const before = known.get(path)
      if (stamp !== null && before?.stamp === stamp) {
        report.include(before.diagnostics)
        // Each path is always asked for by the same reader.
        return before.value as T
      }
      const own = createReport()
      const value = read(own)
      report.include(own.diagnostics)
      if (stamp === null) known.delete(path)
      else known.set(path, { stamp, value, diagnostics: own.diagnostics })
      return value
    },
  }
}
