import type { Expression, SourceFile } from 'ts-morph'
import type { Place } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { Node } from '../load/ts-morph.js'
import { placeOf, readExpression } from './read-expression.js'
import { resolveName } from './resolve-name.js'
import type { StaticValue } from './static-value.js'

/** What a module exports by default, and where it says so. */
export type DefaultExport =
  | { readonly kind: 'value'; readonly value: StaticValue; readonly place: Place }
  | { readonly kind: 'elsewhere'; readonly place: Place }
  | { readonly kind: 'none' }

/**
 * Reads the default export of an entry file. It has to be written in that very
 * file: one that is re-exported hides the rule from who reads the file.
 */
export function readDefaultExport(project: LoadedProject, source: SourceFile): DefaultExport {
  const assignment = source.getExportAssignment((candidate) => !candidate.isExportEquals())
  if (assignment !== undefined) return fromExpression(project, source, assignment.getExpression())
  const named = source
    .getExportDeclarations()
    .flatMap((declaration) => declaration.getNamedExports())
    .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === 'default')
  if (named?.getExportDeclaration().hasModuleSpecifier()) return { kind: 'elsewhere', place: placeOf(project, named) }
  if (named !== undefined) return fromName(project, source, named.getNameNode())
  const symbol = [...source.getFunctions(), ...source.getClasses()].find((node) => node.isDefaultExport())
  if (symbol === undefined) return { kind: 'none' }
  const place = placeOf(project, symbol)
  const construct = Node.isClassDeclaration(symbol) ? 'a class' : 'a function'
  return { kind: 'value', value: { kind: 'unreadable', construct, place }, place }
}

function fromExpression(project: LoadedProject, source: SourceFile, node: Expression): DefaultExport {
  if (Node.isIdentifier(node)) return fromName(project, source, node)
  return { kind: 'value', value: readExpression(project, node), place: placeOf(project, node) }
}

function fromName(project: LoadedProject, source: SourceFile, node: Node): DefaultExport {
  const found = resolveName(project, source, node.getText())
  const place = placeOf(project, node)
  if (found.kind !== 'expression') {
    if (found.kind !== 'unresolved') return { kind: 'elsewhere', place }
    return { kind: 'value', value: { kind: 'unreadable', construct: found.reason, place }, place }
  }
  if (found.node.getSourceFile() !== source) return { kind: 'elsewhere', place }
  return { kind: 'value', value: readExpression(project, found.node), place: placeOf(project, found.node) }
}
