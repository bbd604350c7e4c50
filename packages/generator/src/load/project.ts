import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { SourceFile, ts } from 'ts-morph'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { itemName } from '../model/item-name.js'
import { readDeclaredPackages } from './declared-packages.js'
import { type EntryFiles, findEntryFiles } from './entry-files.js'
import { type ExistingFile, readExistingOutput } from './existing-output.js'
import { GENERATED_DIRECTORY, onDisk, PACKAGE_FILE, SERVER_MODULE, TOOLS_DIRECTORY } from './layout.js'
import { linkedOutput } from './linked-output.js'
import { notUtf8 } from './not-utf8.js'
import { createSourceGraph } from './sources.js'
import { Project, typescript } from './ts-morph.js'

/** The source of one build: the only thing besides `analyse/` that knows ts-morph. */
export interface LoadedProject {
  readonly directory: string
  readonly entries: EntryFiles
  readonly existing: readonly ExistingFile[]
  readonly diagnostics: readonly Diagnostic[]
  /** The packages that its package.json declares. */
  readonly packages: ReadonlySet<string>
  /** The parsed source of a path of the project. */
  source(path: string): SourceFile
  /** The source that an import leads to, if it is one of the project's own files. */
  resolve(from: SourceFile, specifier: string): SourceFile | null
  /**
   * The project's own source files that it consists of, followed through
   * relative imports, and its package.json.
   */
  sources(): readonly string[]
  /** The project's own files that one imports, be it for their types alone. */
  imports(path: string): readonly string[]
  /** Where files would stand that those import, or a package.json, and that are not there. */
  missingSources(): readonly string[]
  /** Changes when a source, one that it imports, or how they are compiled changes; null if that cannot be told. */
  stamp(path: string): string | null
  /** A file's path in the project, with `/` on every system. */
  pathOf(source: SourceFile): string
}

/** A project that stays parsed between builds: each one reads again only what changed. */
export interface Loader {
  load(): LoadedProject
}

/** `programs` are files besides `mcp/` whose source is followed too, if they are there. */
export function createLoader(directory: string, programs: readonly string[] = []): Loader {
  let warm: { readonly project: Project; readonly stamp: string } | null = null
  return {
    load() {
      const config = readConfig(directory)
      if (warm === null || warm.stamp !== config.stamp) {
        warm = { project: createProject(config.options), stamp: config.stamp }
      } else {
        for (const source of warm.project.getSourceFiles()) source.refreshFromFileSystemSync()
      }
      return loaded(directory, programs, warm.project, config)
    },
  }
}

function loaded(directory: string, programs: readonly string[], project: Project, config: Config): LoadedProject {
  const found = findEntryFiles(directory)
  const isNameable = (path: string) => nameProblem(path) === null
  const definitions = [...found.tools, ...found.resources, ...found.prompts]
  const entries = {
    ...found,
    tools: found.tools.filter(isNameable),
    resources: found.resources.filter(isNameable),
    prompts: found.prompts.filter(isNameable),
  }
  const source = (path: string) => project.addSourceFileAtPath(onDisk(directory, path))
  const pathOf = (file: SourceFile) => relative(directory, file.getFilePath()).split(sep).join('/')
  const [present, absent] = partition(programs, (path) => existsSync(onDisk(directory, path)))
  const files = [entries.server, entries.services, ...definitions.filter(isNameable), ...present].filter(
    (path) => path !== null,
  )
  const { paths, baseUrl } = project.getCompilerOptions()
  const packages = readDeclaredPackages(directory)
  const graph = createSourceGraph(directory, paths !== undefined || baseUrl !== undefined)
  const sources = () => graph.reachable(files).filter(isWritten)
  return {
    directory,
    entries,
    existing: readExistingOutput(directory),
    source,
    pathOf,
    resolve: (from, specifier) => resolveImport(project, from, specifier),
    packages: packages.names,
    sources: () => [...sources(), ...(packages.isThere ? [PACKAGE_FILE] : [])],
    imports: graph.imports,
    missingSources: () => [
      ...graph.missing(files).filter(isWritten),
      ...absent,
      ...(packages.isThere ? [] : [PACKAGE_FILE]),
    ],
    stamp(path) {
      const stamp = graph.stamp(path)
      return stamp === null ? null : `${config.stamp}\n${stamp}`
    },
    diagnostics: [
      ...(config.problem === null
        ? []
        : [diagnostic('tsconfig-unreadable', startOf('tsconfig.json'), { problem: config.problem })]),
      ...(packages.problem === null
        ? []
        : [diagnostic('package-unreadable', startOf(PACKAGE_FILE), { problem: packages.problem })]),
      ...linkedOutput(directory),
      ...(entries.server === null ? [diagnostic('server-missing', startOf(SERVER_MODULE), {})] : []),
      ...definitions
        .map((path) => ({ path, problem: nameProblem(path) }))
        .filter(({ problem }) => problem !== null)
        .map(({ path, problem }) =>
          diagnostic('unsafe-name', startOf(path), { name: itemName(path), problem: `${problem}` }),
        ),
      ...(definitions.length === 0 ? [diagnostic('tools-missing', startOf(TOOLS_DIRECTORY), {})] : []),
      ...sources()
        .filter((path) => /\.m?ts$/.test(path))
        .flatMap((path) => {
          const encoding = notUtf8(directory, path)
          return encoding.length > 0 ? encoding : syntaxErrors(() => source(path), path)
        }),
    ],
  }
}

/** Why nothing could read a file by its name. */
function nameProblem(path: string): string | null {
  // Part of a name on Linux, and a separator to everything that would read the file.
  if (path.includes('\\')) return 'holds a backslash'
  // What Node says for bytes that are no text: the file is not found under it.
  return path.includes('\ufffd') ? 'holds bytes that are not UTF-8' : null
}

/** What a program imports from `generated/` is the output of a build, and no source of it. */
function isWritten(path: string): boolean {
  return !path.startsWith(`${GENERATED_DIRECTORY}/`)
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}

function createProject(compilerOptions: ts.CompilerOptions): Project {
  return new Project({ compilerOptions, skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true })
}

export interface Config {
  readonly options: ts.CompilerOptions
  /** Changes when the options do. */
  readonly stamp: string
  readonly problem: string | null
}

const DEFAULTS: ts.CompilerOptions = {
  target: typescript.ScriptTarget.ES2023,
  module: typescript.ModuleKind.NodeNext,
  moduleResolution: typescript.ModuleResolutionKind.NodeNext,
}

/** The compiler options of a project, without what its tsconfig.json includes. */
export function readConfig(directory: string): Config {
  const path = onDisk(directory, 'tsconfig.json')
  if (!existsSync(path)) return { options: DEFAULTS, stamp: '', problem: null }
  const { config, error } = typescript.readConfigFile(path, typescript.sys.readFile)
  if (error !== undefined) return { options: DEFAULTS, stamp: '', problem: flat(error.messageText) }
  // Only the options matter here, so that the files it includes are not searched for.
  const host: ts.ParseConfigHost = { ...typescript.sys, readDirectory: () => [] }
  const { options, errors } = typescript.parseJsonConfigFileContent(config, host, directory)
  const fatal = errors.find(({ code }) => code !== NO_INPUTS_FOUND)
  return { options, stamp: JSON.stringify(options), problem: fatal === undefined ? null : flat(fatal.messageText) }
}

/** "No inputs were found in config file": ours to find. */
const NO_INPUTS_FOUND = 18003

function flat(message: string | ts.DiagnosticMessageChain): string {
  return typescript.flattenDiagnosticMessageText(message, ' ').replace(/'[^']*[/\\]([^/\\']+)'/g, "'$1'")
}

function resolveImport(project: Project, from: SourceFile, specifier: string): SourceFile | null {
  const options = project.getCompilerOptions()
  const { resolvedModule } = typescript.resolveModuleName(specifier, from.getFilePath(), options, typescript.sys)
  if (resolvedModule === undefined || resolvedModule.isExternalLibraryImport === true) return null
  if (!/\.[mc]?tsx?$/.test(resolvedModule.extension) || resolvedModule.extension.startsWith('.d.')) return null
  return project.addSourceFileAtPath(resolvedModule.resolvedFileName)
}

function syntaxErrors(read: () => SourceFile, path: string): readonly Diagnostic[] {
  const source = parsed(read)
  if (source === null) return [diagnostic('syntax-error', startOf(path), { problem: 'It is nested too deeply.' })]
  // The compiler keeps what the parser found on the file, without naming it in its types;
  // asking a Program for it would load every library that the project imports.
  const { parseDiagnostics = [] } = source.compilerNode as ts.SourceFile & { parseDiagnostics?: ts.Diagnostic[] }
  return parseDiagnostics.slice(0, 1).map((found) => {
    const { line, column } = source.getLineAndColumnAtPos(found.start ?? 0)
    return diagnostic(
      'syntax-error',
      { file: path, line, column, length: Math.max(1, found.length ?? 1) },
      {
        problem: flat(found.messageText),
      },
    )
  })
}

/** The parser follows what is nested by calling itself, and then there is an end to it. */
function parsed(read: () => SourceFile): SourceFile | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
