import { resolve } from 'node:path'
import { changesAsMarkdown } from '../access/changes-as-markdown.js'
import { changesAsTable } from '../access/changes-as-table.js'
import { painter } from '../diagnostics/paint.js'
import { readFileAtRef } from '../load/file-at-ref.js'
import { type AccessLock, LOCK_FILE } from '../lock/access-lock.js'
import type { Change } from '../lock/change.js'
import { compareLocks } from '../lock/compare-locks.js'
import { lockOf } from '../lock/lock-of.js'
import { readLock } from '../lock/read-lock.js'
import { oneLine } from '../render/markdown.js'
import type { DiffArguments, DiffFormat } from './diff-command.js'
import { ExitCode } from './exit-code.js'
import { inspectProject, reportHindrance } from './inspect-project.js'
import { type Io, wantsColor, widthOf } from './io.js'

/** Compares who may do what now, by the source, with what the lock of a commit recorded. */
export async function runDiff(args: DiffArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, args.project)
  const ref = String(args.ref)
  const format = args.json ? 'json' : args.format
  const before = await lockAt(projectDirectory, ref)
  if (typeof before === 'string') {
    io.err.write(`${oneLine(before)}\n`)
    return ExitCode.misuse
  }
  const { model, diagnostics } = await inspectProject(projectDirectory, io)
  if (model === null) {
    const consequence = 'what is not right cannot be compared'
    return reportHindrance({ diagnostics, projectDirectory, isJson: format === 'json', consequence }, io)
  }
  io.out.write(asFormat(compareLocks(before, lockOf(model)), ref, format, io))
  return ExitCode.fine
}

/** The lock of a commit, or why there is none. */
async function lockAt(directory: string, ref: string): Promise<AccessLock | string> {
  const found = await readFileAtRef(directory, ref, LOCK_FILE)
  if ('problem' in found) return found.problem
  const read = await readLock(found.text)
  if (read.lock !== null) return read.lock
  const { place, problem } = read
  return `${LOCK_FILE} of ${ref}, line ${place.line}, column ${place.column}: it ${problem}`
}

function asFormat(changes: readonly Change[], ref: string, format: DiffFormat, io: Io): string {
  switch (format) {
    case 'text':
      return changesAsTable(changes, ref, { width: widthOf(io.out), paint: painter(wantsColor(io.out, io.env)) })
    case 'markdown':
      return changesAsMarkdown(changes, ref)
    case 'json':
      return `${JSON.stringify({ since: ref, changes }, null, 2)}\n`
  }
}
