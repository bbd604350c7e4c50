import { resolve } from 'node:path'
import { changesAsLines } from '../access/changes-as-lines.js'
import { hasErrors } from '../diagnostics/diagnostic.js'
import { painter } from '../diagnostics/paint.js'
import { LOCK_FILE } from '../lock/access-lock.js'
import { type Review, review } from '../lock/review.js'
import { write } from '../write/write.js'
import type { AcceptArguments } from './accept-command.js'
import { ExitCode } from './exit-code.js'
import { inspectProject, reportHindrance } from './inspect-project.js'
import { type Io, wantsColor } from './io.js'

/** Records the access of a project that has no errors, and says what that is. It asks nothing: the diff is reviewed. */
export async function runAccept(args: AcceptArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, args.project)
  const { model, diagnostics } = await inspectProject(projectDirectory, io)
  const reviewed = model === null ? null : await review(projectDirectory, model)
  const problems = reviewed === null ? diagnostics : reviewed.diagnostics
  if (reviewed === null || hasErrors(problems)) {
    const consequence = 'nothing was recorded'
    return reportHindrance({ diagnostics: problems, projectDirectory, isJson: args.json, consequence }, io)
  }
  return record(reviewed, projectDirectory, args, io)
}

function record({ state, changes, text }: Review, directory: string, args: AcceptArguments, io: Io): ExitCode {
  const isNeeded = state !== 'current'
  const failure = isNeeded ? write(directory, [{ action: 'write', path: LOCK_FILE, text }]) : null
  if (failure !== null) {
    io.err.write(`${LOCK_FILE} cannot be written: ${failure.problem}\n`)
    return ExitCode.diagnostics
  }
  if (args.json) io.out.write(`${JSON.stringify({ lock: isNeeded ? 'write' : 'unchanged', changes })}\n`)
  else if (!args.quiet)
    io.out.write(isNeeded ? recorded(changes, state, io) : `${LOCK_FILE} is current: nothing to record\n`)
  return ExitCode.fine
}

function recorded(changes: Review['changes'], state: Review['state'], io: Io): string {
  if (state === 'missing') return `wrote   ${LOCK_FILE}, for the first time\n`
  return `wrote   ${LOCK_FILE}, which says now:\n${changesAsLines(changes, painter(wantsColor(io.out, io.env)))}`
}
