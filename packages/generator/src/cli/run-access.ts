import { existsSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { type AccessMatrix, accessMatrix } from '../access/access-matrix.js'
import { asHtml } from '../access/as-html.js'
import { asMarkdown } from '../access/as-markdown.js'
import { asText } from '../access/as-text.js'
import { painter } from '../diagnostics/paint.js'
import { write } from '../write/write.js'
import type { AccessArguments, AccessFormat } from './access-command.js'
import { ExitCode } from './exit-code.js'
import { inspectProject, reportHindrance } from './inspect-project.js'
import { type Io, wantsColor, widthOf } from './io.js'

/** Reads a project and shows who may do what there, if nothing is wrong with it. */
export async function runAccess(args: AccessArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, args.project)
  const format = args.json ? 'json' : (args.format ?? formatOf(args.output))
  const { model, diagnostics } = await inspectProject(projectDirectory, io)
  if (model === null) {
    const consequence = 'what is not right cannot be shown'
    return reportHindrance({ diagnostics, projectDirectory, isJson: format === 'json', consequence }, io)
  }
  return show(accessMatrix(model), format, args, io)
}

const ENDINGS: Readonly<Record<string, AccessFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.json': 'json',
}

function formatOf(output: string | undefined): AccessFormat {
  return (output === undefined ? undefined : ENDINGS[extname(output).toLowerCase()]) ?? 'text'
}

function show(matrix: AccessMatrix, format: AccessFormat, { output, quiet }: AccessArguments, io: Io): ExitCode {
  if (output === undefined) {
    io.out.write(asFormat(matrix, format, io))
    return ExitCode.fine
  }
  const file = resolve(io.cwd, output)
  if (!existsSync(dirname(file))) {
    io.err.write(`${output} cannot be written: there is no folder ${dirname(output)}\n`)
    return ExitCode.misuse
  }
  const text = asFormat(matrix, format, null)
  const failure = write(dirname(file), [{ action: 'write', path: basename(file), text }])
  if (failure !== null) {
    io.err.write(`${output} cannot be written: ${failure.problem}\n`)
    return ExitCode.misuse
  }
  if (!quiet) io.out.write(`wrote   ${output}\n`)
  return ExitCode.fine
}

/** `io` is where it is shown; a file has neither a width nor colours. */
function asFormat(matrix: AccessMatrix, format: AccessFormat, io: Io | null): string {
  switch (format) {
    case 'text': {
      const paint = painter(io !== null && wantsColor(io.out, io.env))
      return asText(matrix, { width: io === null ? 80 : widthOf(io.out), paint })
    }
    case 'markdown':
      return asMarkdown(matrix)
    case 'json':
      return `${JSON.stringify(matrix, null, 2)}\n`
    case 'html':
      return asHtml(matrix)
  }
}
