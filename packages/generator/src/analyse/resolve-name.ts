import type { Expression, SourceFile } from 'ts-morph'
import type { LoadedProject } from '../load/project.js'
import { Node, VariableDeclarationKind } from '../load/ts-morph.js'

/** What a name at the top level of a module stands for. */
export type Resolution =
  | { readonly kind: 'expression'; readonly node: Expression }
  | { readonly kind: 'function'; readonly node: Node }
  /** An import from a package: `name` as the package exports it, `*` for all of it. */
  | { readonly kind: 'external'; readonly module: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly source: SourceFile }
  | { readonly kind: 'unresolved'; readonly reason: string }

/** The exports that were asked for on the way to one: files may re-export each other in a circle, and in a thousand ways. */
type Asked = Set<string>

/**
 * Finds what a name stands for by the module's own statements, without a type
 * checker: a specification is written at the top level, where nothing shadows.
 */
export function resolveName(
  project: LoadedProject,
  source: SourceFile,
  name: string,
  asked: Asked = new Set(),
): Resolution {
  return (
    declared(source, name) ??
    imported(project, source, name, asked) ??
    unresolved(`'${name}', which is not declared here`)
  )
}

/** Finds what a module exports under a name. */
export function resolveExport(
  project: LoadedProject,
  source: SourceFile,
  name: string,
  asked: Asked = new Set(),
): Resolution {
  const question = `${source.getFilePath()}#${name}`
  if (asked.has(question)) return unresolved(`'${name}', which leads back to itself`)
  asked.add(question)
  if (name === 'default') {
    const value = source.getExportAssignment((assignment) => !assignment.isExportEquals())?.getExpression()
    if (value !== undefined) return { kind: 'expression', node: value }
  }
  return (
    exportedByName(project, source, name, asked) ??
    declared(source, name) ??
    exportedByStar(project, source, name, asked) ??
    unresolved(`'${name}', which its file does not export`)
  )
}

function unresolved(reason: string): Resolution {
  return { kind: 'unresolved', reason }
}

function declared(source: SourceFile, name: string): Resolution | null {
  const variable = source.getVariableDeclaration(name)
  if (variable !== undefined && Node.isIdentifier(variable.getNameNode())) {
    const kind = variable.getVariableStatement()?.getDeclarationKind()
    if (kind !== VariableDeclarationKind.Const) return unresolved(`'${name}', which is declared with ${kind ?? 'let'}`)
    const value = variable.getInitializer()
    return value === undefined ? unresolved(`'${name}', which has no value`) : { kind: 'expression', node: value }
  }
  const fn = source.getFunction(name)
  if (fn !== undefined) return { kind: 'function', node: fn }
  if (source.getEnum(name) !== undefined) return unresolved(`'${name}', an enum`)
  if (source.getClass(name) !== undefined) return unresolved(`'${name}', a class`)
  return destructures(source, name) ? unresolved(`'${name}', which is destructured`) : null
}

function destructures(source: SourceFile, name: string): boolean {
  return source
    .getVariableDeclarations()
    .map((declaration) => declaration.getNameNode())
    .some((node) => !Node.isIdentifier(node) && bindsName(node, name))
}

function bindsName(pattern: Node, name: string): boolean {
  return pattern.getDescendants().some((node) => Node.isBindingElement(node) && node.getNameNode().getText() === name)
}

function imported(project: LoadedProject, source: SourceFile, name: string, asked: Asked): Resolution | null {
  for (const declaration of source.getImportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (declaration.getNamespaceImport()?.getText() === name) return wholeModule(project, source, specifier, name)
    if (declaration.getDefaultImport()?.getText() === name) return follow(project, source, specifier, 'default', asked)
    const found = declaration
      .getNamedImports()
      .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === name)
    if (found !== undefined) return follow(project, source, specifier, found.getName(), asked)
  }
  return null
}

function wholeModule(project: LoadedProject, source: SourceFile, specifier: string, name: string): Resolution {
  const target = project.resolve(source, specifier)
  return target === null ? outside(specifier, name, '*') : { kind: 'namespace', source: target }
}

function follow(project: LoadedProject, source: SourceFile, specifier: string, name: string, asked: Asked): Resolution {
  const target = project.resolve(source, specifier)
  return target === null ? outside(specifier, name, name) : resolveExport(project, target, name, asked)
}

/** What an import leads to that is no source of the project: a package, or nothing. */
function outside(specifier: string, name: string, exported: string): Resolution {
  if (/^[./]/.test(specifier))
    return unresolved(`'${name}', whose file '${specifier}' is not a TypeScript file that exists`)
  return { kind: 'external', module: specifier, name: exported }
}

/** `export { name }`, `export { name } from` and `export * as name from`. */
function exportedByName(project: LoadedProject, source: SourceFile, name: string, asked: Asked): Resolution | null {
  for (const declaration of source.getExportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (specifier !== undefined && declaration.getNamespaceExport()?.getName() === name) {
      return wholeModule(project, source, specifier, name)
    }
    const found = declaration
      .getNamedExports()
      .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === name)
    if (found === undefined) continue
    return specifier === undefined
      ? resolveName(project, source, found.getName(), asked)
      : follow(project, source, specifier, found.getName(), asked)
  }
  return null
}

/** `export * from`: the first module that has the name, and never a default. */
function exportedByStar(project: LoadedProject, source: SourceFile, name: string, asked: Asked): Resolution | null {
  if (name === 'default') return null
  for (const declaration of source.getExportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (specifier === undefined || !declaration.isNamespaceExport() || declaration.getNamespaceExport()) continue
    const found = follow(project, source, specifier, name, asked)
    if (found.kind !== 'unresolved') return found
  }
  return null
}
