import { resolve } from 'node:path'
import { hasErrors } from '../diagnostics/diagnostic.js'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { jsonOption, projectOption, quietOption } from './options.js'
import { withProgress } from './progress.js'
import { type BuildFormat, type Report, reportBuild } from './report-build.js'

export interface BuildArguments {
  readonly project: string
  readonly watch: boolean
  readonly check: boolean
  readonly format: BuildFormat | undefined
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
    format: {
      choices: ['pretty', 'json', 'github'],
      describe: 'how findings are printed: github in its actions, else pretty',
    },
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
    const report: Report = {
      format: json ? 'json' : (format ?? formatFor(io)),
      projectDirectory: resolve(io.cwd, project),
      quiet,
    }
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

/** In a workflow of GitHub the findings belong beside the lines; a person at a terminal is not in one. */
function formatFor({ env, out }: Io): BuildFormat {
  return env.GITHUB_ACTIONS === 'true' && out.isTTY !== true ? 'github' : 'pretty'
}

async function watchCommand(report: Report, io: Io): Promise<ExitCode> {
  const { watch } = await import('../watch.js')
  // Editors tell by these two lines when a build begins and ends.
  const tell = (line: string) => {
    if (report.format !== 'json' && !report.quiet) io.out.write(line)
  }
  await watch({
    project: report.projectDirectory,
    signal: io.interrupted(),
    onBegin: () => tell('building mcp/\n'),
    onBuild(result, milliseconds) {
      reportBuild(result, { ...report, milliseconds }, io)
      tell('watching mcp/, Ctrl+C ends\n')
    },
  })
  return ExitCode.fine
}
