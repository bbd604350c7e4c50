import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { urlProblem } from '../check/url-problem.js'
import { painter } from '../diagnostics/paint.js'
import { systemLookup } from '../doctor/addresses.js'
import { asText, count } from '../doctor/as-text.js'
import { declaresPublic, examineProject } from '../doctor/examine-project.js'
import { examineServer } from '../doctor/examine-server.js'
import { failure, findings, type Group } from '../doctor/finding.js'
import { SERVER_MODULE } from '../load/layout.js'
import type { ServerModel } from '../model/server-model.js'
import type { DoctorArguments } from './doctor-command.js'
import { ExitCode } from './exit-code.js'
import { findServer } from './find-server.js'
import { type Io, wantsColor } from './io.js'
import { projectOption } from './options.js'
import { withProgress } from './progress.js'
import { counts } from './report-build.js'

/** After which hosted clients give up. */
const LIMIT_MS = 10_000
const OTHERWISE = { url: 'the address', sentence: '`mcp-gen doctor URL` looks at a server without a project' }

/** Shows what is weaker in a project than it need be, and what keeps clients out of its running server. */
export async function runDoctor(args: DoctorArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, args.project)
  const url = await chooseUrl(args.url, projectDirectory, io)
  if (typeof url === 'number') return url
  const project = await withProgress('reading', io, () => readProject(args.project, projectDirectory))
  const groups = await withProgress('asking', io, async () => {
    const isPublic = project.model === null ? null : declaresPublic(project.model)
    const surroundings = { lookup: systemLookup, limitMs: LIMIT_MS, declaresPublic: isPublic }
    return [...project.groups, ...(await examineServer(url, surroundings))]
  })
  const isJson = args.json || args.format === 'json'
  io.out.write(isJson ? `${JSON.stringify({ url, groups })}\n` : asText(groups, painter(wantsColor(io.out, io.env))))
  return count(groups, 'failure') > 0 ? ExitCode.diagnostics : ExitCode.fine
}

/** The address that was given or that the project says; a code where there is none. */
async function chooseUrl(given: string, projectDirectory: string, io: Io): Promise<string | ExitCode> {
  if (given === '') {
    const which = { projectDirectory, url: undefined, name: undefined, otherwise: OTHERWISE }
    const server = await findServer(which, io)
    return typeof server === 'number' ? server : server.resource
  }
  // That it is http where it should be https is a finding, with all the others.
  const problem = urlProblem(given.replace(/^http:/i, 'https:'), 'development')
  if (problem === null) return given
  io.err.write(`${JSON.stringify(given)} ${problem}\n`)
  return ExitCode.misuse
}

interface Project {
  /** Null if there is none, or something is wrong with it. */
  readonly model: ServerModel | null
  readonly groups: readonly Group[]
}

/** A server can be looked at from anywhere: only a project that was named has to be there. */
async function readProject(named: string, directory: string): Promise<Project> {
  if (named === projectOption.default && !existsSync(join(directory, SERVER_MODULE))) return { model: null, groups: [] }
  const { inspect } = await import('../inspect.js')
  const { model, diagnostics } = await inspect(directory)
  if (model !== null) return { model, groups: examineProject(model) }
  const text = `the spec is not right (${counts(diagnostics)}), so what it allows is not known`
  const cure = '`mcp-gen build` says which they are.'
  return { model, groups: [{ title: 'The project', findings: findings('spec', [failure(text, cure)], '') }] }
}
