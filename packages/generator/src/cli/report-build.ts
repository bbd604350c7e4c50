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

const VERBS = { remove: 'removed', write: 'wrote  ' } as const

function filesReport(files: readonly BuiltFile[], milliseconds: number): string {
  const changed = files.flatMap(({ action, path }) => (action === 'unchanged' ? [] : [`${VERBS[action]} ${path}\n`]))
  const took = `in ${Math.round(milliseconds)} ms`
  if (changed.length === 0) return `${plural(files.length, 'file')} checked, nothing to change, ${took}\n`
  return `${changed.join('')}${changed.length} of ${plural(files.length, 'file')} changed ${took}\n`
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  return [plural(errors, 'error'), ...(warnings === 0 ? [] : [plural(warnings, 'warning')])].join(', ')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
