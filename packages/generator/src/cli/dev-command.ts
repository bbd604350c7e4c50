import { resolve } from 'node:path'
import type { DevEvent } from '../dev/dev-event.js'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import { type Io, wantsColor, widthOf } from './io.js'
import { jsonOption, projectOption } from './options.js'
import type { Format } from './report-build.js'

export interface DevArguments {
  readonly project: string
  readonly port?: string
  readonly open: boolean
  readonly format: Format
  readonly json: boolean
}

/** `mcp-gen dev` */
export const devCommand: Command<DevArguments> = {
  usage: 'dev',
  description: 'build, run and watch the project, with its authorization server and its console',
  options: {
    project: projectOption,
    port: { type: 'string', requiresArg: true, describe: 'where the MCP server listens' },
    open: { type: 'boolean', default: false, describe: 'show the console in the browser' },
    format: { choices: ['pretty', 'json'], default: 'pretty', describe: 'how events are printed' },
    json: jsonOption,
  },
  examples: [
    { command: 'dev', text: 'run the project in this folder, again at every change' },
    { command: 'dev --open', text: 'the same, and show the console' },
    { command: 'dev --port 3100', text: 'listen on another port' },
  ],
  run: (args, io) => runDev({ ...args, format: args.json ? 'json' : args.format }, io),
}

async function runDev({ project, port, open, format }: DevArguments, io: Io): Promise<ExitCode> {
  const wanted = port === undefined ? null : Number(port)
  if (wanted !== null && !(/^\d{1,5}$/.test(port ?? '') && wanted >= 1 && wanted <= 65_535)) {
    io.err.write(`--port takes a number from 1 to 65535, not '${port}'.\n`)
    return ExitCode.misuse
  }
  const directory = resolve(io.cwd, project)
  // Before anything is loaded: who presses Ctrl+C early means it as well.
  const signal = io.interrupted()
  const { findMissing } = await import('../load/find-missing.js')
  const [missing] = findMissing(directory)
  if (missing !== undefined) {
    io.err.write(`${missing.message}. ${missing.fix}\n`)
    return ExitCode.diagnostics
  }
  const { dev } = await import('../dev/dev.js')
  const print = await printer(format, io)
  const { openBrowser } = await import('../dev/open-browser.js')
  const tell = (event: DevEvent): void => {
    print(event)
    if (open && event.event === 'ready' && event.console !== null) openBrowser(event.console)
  }
  const problem = await dev({ directory, port: wanted, environment: io.env, signal, tell })
  if (problem === null) return ExitCode.fine
  if (format === 'json') io.out.write(`${JSON.stringify({ event: 'notice', level: 'error', message: problem })}\n`)
  else io.err.write(`${problem}\n`)
  return ExitCode.diagnostics
}

async function printer(format: Format, io: Io): Promise<(event: DevEvent) => void> {
  if (format === 'json') return (event) => void io.out.write(`${JSON.stringify(event)}\n`)
  const { eventPrinter } = await import('../dev/print-events.js')
  const text = eventPrinter({
    color: wantsColor(io.out, io.env),
    now: () => new Date(),
    width: () => (io.out.isTTY === true ? widthOf(io.out) : Number.POSITIVE_INFINITY),
  })
  return (event) => void io.out.write(text(event))
}
