import { join, relative, sep } from 'node:path'
import { changesAsLines } from '../access/changes-as-lines.js'
import type { AccessReport, BuildResult, BuiltFile } from '../build.js'
import { annotations } from '../diagnostics/annotations.js'
import { type Diagnostic, hasErrors, isError } from '../diagnostics/diagnostic.js'
import { painter } from '../diagnostics/paint.js'
import { printDiagnostics } from '../diagnostics/print.js'
import { LOCK_FILE } from '../lock/access-lock.js'
import { isLooser } from '../lock/change.js'
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
  /** Whether nothing was to be written. */
  readonly check?: boolean
}

/** Says what a build did: files to stdout, findings to stderr; with `json`, one line of both to stdout. */
export function reportBuild({ diagnostics, files, access }: BuildResult, options: ReportOptions, io: Io): void {
  const { format, projectDirectory, quiet = false, check = false, milliseconds } = options
  if (format === 'json') {
    io.out.write(`${JSON.stringify({ diagnostics, files, access })}\n`)
    return
  }
  const shown = quiet ? diagnostics.filter(isError) : diagnostics
  if (format === 'github') io.out.write(annotations(shown, inRepository(projectDirectory, io)))
  reportFindings(shown, projectDirectory, io)
  if (!quiet) io.out.write(changedFiles(files))
  if (!quiet && access !== null) io.out.write(accessReport(access, check, io))
  if (hasErrors(shown)) io.err.write(`${counts(shown)}: ${check ? 'the check failed' : 'nothing was written'}\n`)
  else if (!quiet) io.out.write(filesSummary(files, milliseconds))
}

/**
 * What is new, tighter or breaks callers is no finding, and is told all the same,
 * once: when it is recorded. A watched build would repeat it until then.
 */
function accessReport({ lock, changes }: AccessReport, check: boolean, io: Io): string {
  const lines = changesAsLines(changes, painter(wantsColor(io.out, io.env)))
  if (lock === 'write') return `${VERBS.write} ${LOCK_FILE}\n${lines}`
  if (check) return lines
  return lock === 'kept' && changes.some(isLooser) ? `${LOCK_FILE} was left as it is\n${lines}` : ''
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

const VERBS = { remove: 'removed', write: 'wrote  ' } as const

function changedFiles(files: readonly BuiltFile[]): string {
  return files.map(({ action, path }) => (action === 'unchanged' ? '' : `${VERBS[action]} ${path}\n`)).join('')
}

function filesSummary(files: readonly BuiltFile[], milliseconds: number): string {
  const changed = files.filter(({ action }) => action !== 'unchanged').length
  const took = `in ${Math.round(milliseconds)} ms`
  if (changed === 0) return `${plural(files.length, 'file')} checked, nothing to change, ${took}\n`
  return `${changed} of ${plural(files.length, 'file')} changed ${took}\n`
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
