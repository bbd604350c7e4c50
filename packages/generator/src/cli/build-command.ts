import { resolve } from 'node:path'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { jsonOption, projectOption, quietOption } from './options.js'
import { withProgress } from './progress.js'
import { type Format, hasErrors, type Report, reportBuild } from './report-build.js'

export interface BuildArguments {
  readonly project: string
  readonly watch: boolean
  readonly check: boolean
  readonly format: Format
  readonly json: boolean
  readonly quiet: boolean
}

/** `mcp-gen build` */
export const buildCommand: Command<BuildArguments> = {
  usage: 'build',
  description: 'check mcp/ and write generated/',
  options: {
    project: projectOption,
    watch: { type: 'boolean', default: false, describe: 'build again whenever something changes' },
    check: { type: 'boolean', default: false, describe: 'write nothing; fail if something is stale or became looser' },
    format: { choices: ['pretty', 'json'], default: 'pretty', describe: 'how findings are printed' },
    json: jsonOption,
    quiet: quietOption,
  },
  examples: [
    { command: 'build', text: 'build the project in this folder' },
    { command: 'build --project examples/notes --watch', text: 'build another one, again at every change' },
    { command: 'build --check', text: 'check in CI that what is committed holds' },
    { command: 'build --json', text: 'print the findings for a program' },
  ],
  async run({ project, watch, check, format, json, quiet }, io) {
    if (watch && check) {
      io.err.write('--check looks once, and --watch builds again and again: say one of them\n')
      return ExitCode.misuse
    }
    const report: Report = { format: json ? 'json' : format, projectDirectory: resolve(io.cwd, project), quiet }
    if (watch) return watchCommand(report, io)
    const started = performance.now()
    const result = await withProgress(check ? 'checking' : 'building', io, async () => {
      // The compiler takes a noticeable part of a second to load; `--help` does not need it.
      const { build } = await import('../build.js')
      return build({ project: report.projectDirectory, check })
    })
    reportBuild(result, { ...report, check, milliseconds: performance.now() - started }, io)
    return hasErrors(result.diagnostics) ? ExitCode.diagnostics : ExitCode.fine
  },
}

async function watchCommand(report: Report, io: Io): Promise<ExitCode> {
  const { watch } = await import('../watch.js')
  await watch({
    project: report.projectDirectory,
    signal: io.interrupted(),
    onBuild(result, milliseconds) {
      reportBuild(result, { ...report, milliseconds }, io)
      if (report.format === 'pretty' && !report.quiet) io.out.write('watching mcp/, Ctrl+C ends\n')
    },
  })
  return ExitCode.fine
}
