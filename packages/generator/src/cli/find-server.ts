import type { Fact, ServerFacts, SettingFact } from '../analyse/facts.js'
import { urlProblem } from '../check/url-problem.js'
import type { ConnectedServer } from '../connect/client.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { reportFindings } from './report-build.js'

export interface WhichServer {
  readonly projectDirectory: string
  readonly url: string | undefined
  readonly name: string | undefined
  /** How the command line says them without a project. */
  readonly otherwise: { readonly url: string; readonly sentence: string }
}

/**
 * The name and the address that clients get: those that were given, else those of
 * `mcp/server.ts`. Where they cannot be known it says why, and hands back a code.
 */
export async function findServer(which: WhichServer, io: Io): Promise<ConnectedServer | ExitCode> {
  if (which.url !== undefined) {
    const problem = urlProblem(which.url, 'development')
    if (problem !== null) return refuse(`--url ${JSON.stringify(which.url)} ${problem}`, io)
    if (which.name !== undefined) return { name: which.name, resource: which.url }
  }
  const { readServer } = await import('../read-server.js')
  const { server, diagnostics } = readServer(which.projectDirectory)
  if (server === null) {
    reportFindings(diagnostics, which.projectDirectory, io)
    io.err.write(`${which.otherwise.sentence}\n`)
    return ExitCode.diagnostics
  }
  const resource = which.url ?? addressOf(server, io)
  if (resource === null)
    return refuse(`the address of the server is not known: ${whyUnknown(server)}, or give ${which.otherwise.url}`, io)
  return { name: which.name ?? known(server.name) ?? 'server', resource }
}

function addressOf({ resource }: ServerFacts, { env }: Io): string | null {
  const setting = known(resource)
  const address = setting === null ? null : fromSetting(setting, env)
  return address !== null && urlProblem(address, 'development') === null ? address : null
}

function fromSetting(setting: SettingFact, env: Io['env']): string | null {
  if (setting.kind === 'literal') return setting.value
  const set = env[setting.name] ?? ''
  return set === '' ? setting.development : set
}

function whyUnknown({ resource }: ServerFacts): string {
  const setting = known(resource)
  if (setting === null) return 'write `resource` in mcp/server.ts'
  return setting.kind === 'literal' ? 'correct `resource` in mcp/server.ts' : `set ${setting.name} to its https URL`
}

function known<T>(fact: Fact<T>): T | null {
  return typeof fact === 'string' ? null : fact.value
}

function refuse(problem: string, io: Io): ExitCode {
  io.err.write(`${problem}\n`)
  return ExitCode.misuse
}
