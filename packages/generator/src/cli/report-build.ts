import type { BuildResult, BuiltFile } from '../build.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { printDiagnostics } from '../diagnostics/print.js'
import { type Io, wantsColor } from './io.js'

export type Format = 'pretty' | 'json'

export interface ReportOptions {
  readonly format: Format
  readonly projectDirectory: string
  readonly milliseconds: number
}

/** Says what a build did: files to stdout, findings to stderr; with `json`, one line of both to stdout. */
export function reportBuild({ diagnostics, files }: BuildResult, options: ReportOptions, io: Io): void {
  if (options.format === 'json') {
    io.out.write(`${JSON.stringify({ diagnostics, files })}\n`)
    return
  }
  const { projectDirectory } = options
  io.err.write(printDiagnostics(diagnostics, { projectDirectory, color: wantsColor(io.err, io.env) }))
  if (diagnostics.length > 0) io.err.write('\n')
  if (hasErrors(diagnostics)) io.err.write(`${counts(diagnostics)}: nothing was written\n`)
  else io.out.write(filesReport(files, options.milliseconds))
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

const VERBS: Readonly<Record<BuiltFile['action'], string>> = {
  remove: 'removed',
  unchanged: 'unchanged',
  write: 'wrote',
}

function filesReport(files: readonly BuiltFile[], milliseconds: number): string {
  const lines = files.map(({ action, path }) => `${VERBS[action].padEnd(9)} ${path}\n`)
  const changed = files.filter(({ action }) => action !== 'unchanged').length
  return `${lines.join('')}${changed} of ${files.length} files changed in ${Math.round(milliseconds)} ms\n`
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  return [plural(errors, 'error'), ...(warnings === 0 ? [] : [plural(warnings, 'warning')])].join(', ')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
