import type { ImportDeclaration, SourceFile } from 'ts-morph'
import type { Place } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { Node } from '../load/ts-morph.js'
import type { Report } from './report.js'
import { runsAtOnce } from './runs-at-once.js'

/** What one file takes from others when it is loaded, in the order of its source. */
interface Loading {
  readonly imports: readonly string[]
  readonly uses: readonly Use[]
}

/** A name of another file that is needed while the file itself is being loaded. */
interface Use {
  readonly name: string
  readonly from: string
  readonly place: Place
}

/**
 * Files that import each other are fine as long as none needs the other before
 * it is there. Where one does, which of them is loaded first decides what it
 * gets: a build would read another schema than the server has.
 */
export function reportImportCycles(project: LoadedProject, entries: readonly string[], report: Report): void {
  if (!hasCycle(entries, (path) => project.imports(path))) return
  const known = new Map<string, Loading>()
  const loadingOf = (path: string) => {
    const loading = known.get(path) ?? readLoading(project, path)
    known.set(path, loading)
    return loading
  }
  const reported = new Set<string>()
  for (const entry of entries) {
    for (const { use, cycle } of earlyUses(entry, loadingOf)) {
      const key = JSON.stringify(use)
      if (reported.has(key)) continue
      reported.add(key)
      report.add('import-cycle', use.place, { name: use.name, file: use.from, cycle: cycle.join(' → ') })
    }
  }
}

function hasCycle(entries: readonly string[], imports: (path: string) => readonly string[]): boolean {
  const done = new Set<string>()
  const open = new Set<string>()
  const leadsBack = (path: string): boolean => {
    if (open.has(path)) return true
    if (done.has(path)) return false
    open.add(path)
    const found = imports(path).some(leadsBack)
    open.delete(path)
    done.add(path)
    return found
  }
  return entries.some(leadsBack)
}

interface EarlyUse {
  readonly use: Use
  readonly cycle: readonly string[]
}

/** Loads as Node does, what is imported first, and notes what is needed of files that are still waiting for others. */
function earlyUses(entry: string, loadingOf: (path: string) => Loading): readonly EarlyUse[] {
  const found: EarlyUse[] = []
  const done = new Set<string>()
  const waiting: string[] = []
  const load = (path: string): void => {
    if (done.has(path) || waiting.includes(path)) return
    waiting.push(path)
    const { imports, uses } = loadingOf(path)
    for (const imported of imports) load(imported)
    for (const use of uses) {
      const from = waiting.indexOf(use.from)
      if (from !== -1) found.push({ use, cycle: [...waiting.slice(from), use.from] })
    }
    waiting.pop()
    done.add(path)
  }
  load(entry)
  return found
}

function readLoading(project: LoadedProject, path: string): Loading {
  // What is no TypeScript is followed no further.
  if (!/\.m?ts$/.test(path)) return { imports: [], uses: [] }
  const source = project.source(path)
  const imports: string[] = []
  const uses: Use[] = []
  for (const declaration of [...source.getImportDeclarations(), ...source.getExportDeclarations()]) {
    const specifier = declaration.getModuleSpecifierValue()
    const target = specifier === undefined ? null : project.resolve(source, specifier)
    if (target === null || declaration.isTypeOnly()) continue
    const from = project.pathOf(target)
    if (!Node.isImportDeclaration(declaration)) {
      imports.push(from)
      continue
    }
    const names = namesOf(declaration)
    const values = valuesOf(source, names)
    // Without a value that is used the import itself is not there when the file runs.
    if (names.length > 0 && values.length === 0) continue
    imports.push(from)
    for (const node of values.filter(runsAtOnce)) uses.push({ name: node.getText(), from, place: placeOf(node, path) })
  }
  return { imports, uses }
}

function namesOf(declaration: ImportDeclaration): readonly string[] {
  const named = declaration.getNamedImports().filter((specifier) => !specifier.isTypeOnly())
  return [
    declaration.getDefaultImport()?.getText(),
    declaration.getNamespaceImport()?.getText(),
    ...named.map((specifier) => specifier.getAliasNode()?.getText() ?? specifier.getName()),
  ].filter((name) => name !== undefined)
}

/** Where these names stand for a value. */
function valuesOf(source: SourceFile, names: readonly string[]): readonly Node[] {
  return source
    .getDescendants()
    .filter((node) => Node.isIdentifier(node) && names.includes(node.getText()) && isValue(node))
}

function isValue(node: Node): boolean {
  const parent = node.getParent()
  if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) return false
  if (Node.isPropertyAssignment(parent) && parent.getNameNode() === node) return false
  return !node.getAncestors().some((above) => {
    if (Node.isImportDeclaration(above) || Node.isExportSpecifier(above)) return true
    if (Node.isInterfaceDeclaration(above) || Node.isTypeAliasDeclaration(above)) return true
    // `class A extends B` needs B, although the compiler calls it a type.
    return Node.isTypeNode(above) && !Node.isExpressionWithTypeArguments(above)
  })
}

function placeOf(node: Node, file: string): Place {
  const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart())
  return { file, line, column, length: Math.max(1, node.getWidth()) }
}
