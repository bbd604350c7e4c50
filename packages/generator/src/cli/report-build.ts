import { join, relative, sep } from 'node:path'
import type { BuildResult, BuiltFile } from '../build.js'
import { annotations } from '../diagnostics/annotations.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { printDiagnostics } from '../diagnostics/print.js'
import { type Io, wantsColor } from './io.js'

export type Format = 'pretty' | 'json'

/** `github` is for people as `pretty` is, and annotates the lines of a pull request besides. */
export type BuildFormat = Format | 'github'

/** How builds of a project are told. */
export interface Report {
  readonly format: BuildFormat
  readonly projectDirectory: string
  /** Errors alone; what a program reads is whole all the same. */
  readonly quiet?: boolean
}

export interface ReportOptions extends Report {
  readonly milliseconds: number
}

/** Says what a build did: files to stdout, findings to stderr; with `json`, one line of both to stdout. */
export function reportBuild({ diagnostics, files }: BuildResult, options: ReportOptions, io: Io): void {
  if (options.format === 'json') {
    io.out.write(`${JSON.stringify({ diagnostics, files })}\n`)
    return
  }
  const shown = options.quiet === true ? diagnostics.filter(isError) : diagnostics
  if (options.format === 'github') io.out.write(annotations(shown, inRepository(options.projectDirectory, io)))
  reportFindings(shown, options.projectDirectory, io)
  if (hasErrors(shown)) io.err.write(`${counts(shown)}: nothing was written\n`)
  else if (options.quiet !== true) io.out.write(filesReport(files, options.milliseconds))
}

/** Findings with their places and code frames, to stderr. */
export function reportFindings(diagnostics: readonly Diagnostic[], projectDirectory: string, io: Io): void {
  io.err.write(printDiagnostics(diagnostics, { projectDirectory, color: wantsColor(io.err, io.env) }))
  if (diagnostics.length > 0) io.err.write('\n')
}

/** GitHub looks for a file from where the repository was checked out. */
function inRepository(projectDirectory: string, { cwd, env }: Io): (file: string) => string {
  const root = env.GITHUB_WORKSPACE ?? ''
  return (file) =>
    relative(root === '' ? cwd : root, join(projectDirectory, file))
      .split(sep)
      .join('/')
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isError)
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

const VERBS = { remove: 'removed', write: 'wrote  ' } as const

function filesReport(files: readonly BuiltFile[], milliseconds: number): string {
  const changed = files.flatMap(({ action, path }) => (action === 'unchanged' ? [] : [`${VERBS[action]} ${path}\n`]))
  const took = `in ${Math.round(milliseconds)} ms`
  if (changed.length === 0) return `${plural(files.length, 'file')} checked, nothing to change, ${took}\n`
  return `${changed.join('')}${changed.length} of ${plural(files.length, 'file')} changed ${took}\n`
}

/** `2 errors, 1 warning` */
export function counts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError).length
  const warnings = diagnostics.length - errors
  return [plural(errors, 'error'), ...(warnings === 0 ? [] : [plural(warnings, 'warning')])].join(', ')
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
