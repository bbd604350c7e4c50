import { resolve } from 'node:path'
import type { Addition } from '../add/kind.js'
import { type Named, readName } from '../add/naming.js'
import { installCommand } from '../add/needed-packages.js'
import { takenBy } from '../add/taken.js'
import { defaultUri, uriProblem } from '../add/uri.js'
import type { ScopeFacts, ServerFacts } from '../analyse/facts.js'
import { hasErrors } from '../diagnostics/diagnostic.js'
import { DIRECTORIES } from '../load/layout.js'
import type { ItemKind } from '../model/item-name.js'
import type { AddArguments } from './add-command.js'
import { chooseAccess } from './choose-access.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { withProgress } from './progress.js'
import { Refused } from './refused.js'
import { reportBuild, reportFindings } from './report-build.js'

/** Asks what is not said, writes the file and its test, and builds. */
export async function runAdd(args: AddArguments, io: Io): Promise<ExitCode> {
  try {
    return await add(args, io)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.message !== '') io.err.write(`${error.message}\n`)
    return error.code
  }
}

async function add(args: AddArguments, io: Io): Promise<ExitCode> {
  const projectDirectory = resolve(io.cwd, args.project)
  const named = nameFrom(args)
  const server = await readDeclared(projectDirectory, io)
  const place = placeOf(args.kind, named)
  const taken = takenBy(projectDirectory, place)
  if (taken !== null) throw new Refused(`${args.kind} '${named.name}' is there already: ${taken}`)
  const uri = uriFrom(args, named, server)
  const access = await chooseAccess(args, scopesOf(server), io)
  const title = args.title ?? named.title
  const addition = { ...place, title, description: await descriptionFrom(args, title, io), uri, access }
  return write(addition, projectDirectory, args, io)
}

function nameFrom({ name: text, kind }: AddArguments): Named {
  const named = readName(text)
  if (!('problem' in named)) return named
  const hint = named.suggestion === '' ? '' : ` Try: mcp-gen add ${kind} ${named.suggestion}`
  throw new Refused(`the name ${JSON.stringify(text)} ${named.problem}.${hint}`)
}

async function readDeclared(projectDirectory: string, io: Io): Promise<ServerFacts> {
  const { readServer } = await import('../read-server.js')
  const { server, diagnostics } = readServer(projectDirectory)
  if (server !== null && !hasErrors(diagnostics)) return server
  reportFindings(diagnostics, projectDirectory, io)
  throw new Refused('nothing was written', ExitCode.diagnostics)
}

function scopesOf({ scopes }: ServerFacts): readonly ScopeFacts[] {
  return typeof scopes === 'string' ? [] : scopes.value
}

function placeOf(kind: ItemKind, { name, path, file }: Named): Pick<Addition, 'kind' | 'name' | 'module' | 'test'> {
  return { kind, name, module: `${DIRECTORIES[kind]}/${path}.ts`, test: `test/${file}.test.ts` }
}

function uriFrom({ kind, uri }: AddArguments, { path }: Named, { name }: ServerFacts): string {
  if (uri !== undefined && kind !== 'resource') throw new Refused(`--uri is for a resource, not for a ${kind}`)
  if (uri === undefined) return defaultUri(typeof name === 'string' ? '' : name.value, path)
  const problem = uriProblem(uri)
  if (problem !== null) throw new Refused(`--uri ${JSON.stringify(uri)} ${problem}`)
  return uri
}

async function descriptionFrom({ description, yes, kind }: AddArguments, title: string, io: Io): Promise<string> {
  if (description !== undefined && description.trim() === '') throw new Refused('--description is empty')
  if (description !== undefined) return description
  if (io.ask === undefined || yes) return title
  const problem = (answer: string) => (answer.trim() === '' ? 'The model decides by it: say a few words.' : null)
  const answer = await io.ask.text(`What does this ${kind} do? The model reads it.`, problem)
  if (answer === null) throw new Refused('')
  return answer.trim()
}

async function write(addition: Addition, projectDirectory: string, args: AddArguments, io: Io): Promise<ExitCode> {
  const { addedFiles } = await import('../render/added-files.js')
  const { createFiles } = await import('../write/create.js')
  const files = addedFiles(addition)
  const failure = createFiles(projectDirectory, files)
  if (failure !== null) throw new Refused(`${failure.path} cannot be written: ${failure.problem}. Nothing was.`)

  const started = performance.now()
  const result = await withProgress('building', io, async () => {
    const { build } = await import('../build.js')
    return build({ project: projectDirectory })
  })
  const code = hasErrors(result.diagnostics) ? ExitCode.diagnostics : ExitCode.fine
  const added = files.map(({ path }) => path)
  if (args.json) {
    const { diagnostics, files: built } = result
    io.out.write(`${JSON.stringify({ added, diagnostics, files: built })}\n`)
    return code
  }
  if (!args.quiet) io.out.write(added.map((path) => `added   ${path}\n`).join(''))
  const milliseconds = performance.now() - started
  reportBuild(result, { format: 'pretty', projectDirectory, quiet: args.quiet, milliseconds }, io)
  const install = installCommand(projectDirectory)
  if (install !== null && !args.quiet) io.out.write(`\nIts test needs what is not installed yet:\n\n  ${install}\n`)
  return code
}
