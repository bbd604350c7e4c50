import { resolve } from 'node:path'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { projectOption } from './project-option.js'
import { type Format, hasErrors, reportBuild } from './report-build.js'

export interface BuildArguments {
  readonly project: string
  readonly watch: boolean
  readonly format: Format
}

/** `mcp-gen build` */
export const buildCommand: Command<BuildArguments> = {
  usage: 'build',
  description: 'check mcp/ and write generated/',
  options: {
    project: projectOption,
    watch: { type: 'boolean', default: false, describe: 'build again whenever something changes' },
    format: { choices: ['pretty', 'json'], default: 'pretty', describe: 'how findings are printed' },
  },
  examples: [
    { command: 'build', text: 'build the project in this folder' },
    { command: 'build --project examples/notes --watch', text: 'build another one, again at every change' },
  ],
  async run({ project, watch, format }, io) {
    const projectDirectory = resolve(io.cwd, project)
    // The compiler takes a noticeable part of a second to load; `--help` does not need it.
    const { build } = await import('../build.js')
    if (watch) return watchCommand(projectDirectory, format, io)
    const started = performance.now()
    const result = await build({ project: projectDirectory })
    reportBuild(result, { format, projectDirectory, milliseconds: performance.now() - started }, io)
    return hasErrors(result.diagnostics) ? ExitCode.diagnostics : ExitCode.fine
  },
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
