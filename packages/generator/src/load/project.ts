import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { SourceFile, ts } from 'ts-morph'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { itemName } from '../model/item-name.js'
import { type Config, readConfig } from './config.js'
import { type DeclaredPackages, readDeclaredPackages } from './declared-packages.js'
import { type EntryFiles, findEntryFiles } from './entry-files.js'
import { type ExistingFile, readExistingOutput } from './existing-output.js'
import { GENERATED_DIRECTORY, onDisk, PACKAGE_FILE, SERVER_MODULE, TOOLS_DIRECTORY } from './layout.js'
import { linkedOutput } from './linked-output.js'
import { notUtf8 } from './not-utf8.js'
import { createSourceGraph } from './sources.js'
import { syntaxErrors } from './syntax-errors.js'
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
      ...unreadableSettings(config, packages),
      ...linkedOutput(directory),
      ...(entries.server === null ? [diagnostic('server-missing', startOf(SERVER_MODULE), {})] : []),
      ...definitions.flatMap(unsafeName),
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

function unreadableSettings(config: Config, packages: DeclaredPackages): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const { problem } = config
  if (problem !== null) found.push(diagnostic('tsconfig-unreadable', startOf('tsconfig.json'), { problem }))
  if (packages.problem !== null) {
    found.push(diagnostic('package-unreadable', startOf(PACKAGE_FILE), { problem: packages.problem }))
  }
  return found
}

function unsafeName(path: string): readonly Diagnostic[] {
  const problem = nameProblem(path)
  return problem === null ? [] : [diagnostic('unsafe-name', startOf(path), { name: itemName(path), problem })]
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

function resolveImport(project: Project, from: SourceFile, specifier: string): SourceFile | null {
  const options = project.getCompilerOptions()
  const { resolvedModule } = typescript.resolveModuleName(specifier, from.getFilePath(), options, typescript.sys)
  if (resolvedModule === undefined || resolvedModule.isExternalLibraryImport === true) return null
  if (!/\.[mc]?tsx?$/.test(resolvedModule.extension) || resolvedModule.extension.startsWith('.d.')) return null
  return project.addSourceFileAtPath(resolvedModule.resolvedFileName)
}
