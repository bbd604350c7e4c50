import { resolve } from 'node:path'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { type Format, hasErrors, reportBuild } from './report-build.js'

export interface BuildArguments {
  readonly project: string
  readonly watch: boolean
  readonly format: Format
}

/** `mcp-gen build` */
export async function buildCommand({ project, watch, format }: BuildArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, project)
  // The compiler takes a noticeable part of a second to load; `--help` does not need it.
  const { build } = await import('../build.js')
  if (watch) return watchCommand(projectDirectory, format, io)
  const started = performance.now()
  const result = await build({ project: projectDirectory })
  reportBuild(result, { format, projectDirectory, milliseconds: performance.now() - started }, io)
  return hasErrors(result.diagnostics) ? ExitCode.diagnostics : ExitCode.fine
}

async function watchCommand(projectDirectory: string, format: Format, io: Io): Promise<ExitCode> {
  const { watch } = await import('../watch.js')
  await watch({
    project: projectDirectory,
    signal: io.interrupted(),
    onBuild(result, milliseconds) {
      reportBuild(result, { format, projectDirectory, milliseconds }, io)
      if (format === 'pretty') io.out.write('watching mcp/, Ctrl+C ends\n')
    },
  })
  return ExitCode.fine
}
