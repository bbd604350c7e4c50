import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { byCodeUnits } from '../model/order.js'
import { onDisk } from './layout.js'
import { typescript } from './ts-morph.js'

/** The project's own files and how they import each other, as of one moment. */
export interface SourceGraph {
  /** The files that these lead to by relative imports, themselves included. */
  reachable(entries: readonly string[]): readonly string[]
  /** The files that one leads to at once. */
  imports(path: string): readonly string[]
  /** Where files would stand that these import and that are not there. */
  missing(entries: readonly string[]): readonly string[]
  /**
   * Changes whenever a file that this one leads to changes. Null if that cannot
   * be known, because an import leads where this graph does not follow.
   */
  stamp(entry: string): string | null
}

interface SourceNode {
  readonly imports: readonly string[]
  readonly missing: readonly string[]
  readonly digest: string
  readonly isFollowed: boolean
}

/** Reads import statements only, each file once. */
export function createSourceGraph(directory: string, hasPathAliases: boolean): SourceGraph {
  const nodes = new Map<string, SourceNode>()
  const nodeOf = (path: string) => {
    const node = nodes.get(path) ?? readNode(directory, path, hasPathAliases)
    nodes.set(path, node)
    return node
  }
  const reachable = (entries: readonly string[]) => {
    const found = new Set<string>()
    const waiting = [...entries]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (found.has(path)) continue
      found.add(path)
      waiting.push(...nodeOf(path).imports)
    }
    return [...found].sort(byCodeUnits)
  }
  return {
    reachable,
    imports: (path) => nodeOf(path).imports,
    missing: (entries) => reachable(entries).flatMap((path) => nodeOf(path).missing),
    stamp(entry) {
      const paths = reachable([entry])
      if (!paths.every((path) => nodeOf(path).isFollowed)) return null
      return JSON.stringify(paths.map((path) => [path, nodeOf(path).digest]))
    },
  }
}

function readNode(directory: string, path: string, hasPathAliases: boolean): SourceNode {
  const text = read(onDisk(directory, path))
  const digest = createHash('sha256').update(text).digest('base64')
  if (!/\.[mc]?[jt]sx?$/.test(path)) return { imports: [], missing: [], digest, isFollowed: true }
  const specifiers = typescript.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
  const relative = specifiers.filter((specifier) => /^\.\.?(?:\/|$)/.test(specifier))
  const wanted = relative.map((specifier) => candidates(posix.join(posix.dirname(path), specifier)))
  const found = wanted.map((paths) => paths.find((candidate) => isFile(directory, candidate)))
  const imports = found.filter((candidate) => candidate !== undefined)
  const others = specifiers.filter((specifier) => !relative.includes(specifier))
  const isFollowed =
    imports.length === relative.length && others.every((specifier) => isPackage(specifier, hasPathAliases))
  return { imports, missing: wanted.filter((_paths, index) => found[index] === undefined).flat(), digest, isFollowed }
}

/** What is installed does not change while a project is watched. */
function isPackage(specifier: string, hasPathAliases: boolean): boolean {
  if (specifier.startsWith('node:')) return true
  return !hasPathAliases && /^(?:@[\w.-]+\/)?\w/.test(specifier)
}

/** The files of the project that an import may mean; none if it leads out of the project. */
function candidates(target: string): readonly string[] {
  if (target.startsWith('../')) return []
  return [target, target.replace(/\.([mc]?)js(x?)$/, '.$1ts$2'), `${target}.ts`, `${target}/index.ts`]
}

function isFile(directory: string, path: string): boolean {
  return statSync(onDisk(directory, path), { throwIfNoEntry: false })?.isFile() ?? false
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
