import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Inspection } from '../inspect.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { withProgress } from './progress.js'
import { counts, reportFindings } from './report-build.js'

/** Reads and checks the project that a command is about, and shows that it does. */
export function inspectProject(projectDirectory: string, io: Io): Promise<Inspection> {
  return withProgress('reading', io, async () => {
    const { inspect } = await import('../inspect.js')
    return inspect(projectDirectory)
  })
}

export interface Hindrance {
  readonly diagnostics: readonly Diagnostic[]
  readonly projectDirectory: string
  readonly isJson: boolean
  /** What does not happen therefore. */
  readonly consequence: string
}

/** Says what is wrong with a project, and what does not happen therefore. */
export function reportHindrance(hindrance: Hindrance, io: Io): ExitCode {
  const { diagnostics, projectDirectory, isJson, consequence } = hindrance
  if (isJson) io.out.write(`${JSON.stringify({ diagnostics })}\n`)
  else {
    reportFindings(diagnostics, projectDirectory, io)
    io.err.write(`${counts(diagnostics)}: ${consequence}\n`)
  }
  return ExitCode.diagnostics
}
