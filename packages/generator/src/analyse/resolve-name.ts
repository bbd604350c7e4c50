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

/** Files that re-export each other in a circle end here. */
const MAX_HOPS = 32

/**
 * Finds what a name stands for by the module's own statements, without a type
 * checker: a specification is written at the top level, where nothing shadows.
 */
export function resolveName(
  project: LoadedProject,
  source: SourceFile,
  name: string,
  seen: 'local' | 'exported' = 'local',
  hops = 0,
): Resolution {
  if (hops > MAX_HOPS) return unresolved(`'${name}', which leads back to itself`)
  if (seen === 'exported') return resolveExport(project, source, name, hops)
  return (
    declared(source, name) ??
    imported(project, source, name, hops) ??
    unresolved(`'${name}', which is not declared here`)
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

function imported(project: LoadedProject, source: SourceFile, name: string, hops: number): Resolution | null {
  for (const declaration of source.getImportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (declaration.getNamespaceImport()?.getText() === name) return namespace(project, source, specifier)
    if (declaration.getDefaultImport()?.getText() === name) return follow(project, source, specifier, 'default', hops)
    const found = declaration
      .getNamedImports()
      .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === name)
    if (found !== undefined) return follow(project, source, specifier, found.getName(), hops)
  }
  return null
}

function namespace(project: LoadedProject, source: SourceFile, specifier: string): Resolution {
  const target = project.resolve(source, specifier)
  if (target !== null) return { kind: 'namespace', source: target }
  return { kind: 'external', module: specifier, name: '*' }
}

function follow(project: LoadedProject, source: SourceFile, specifier: string, name: string, hops: number): Resolution {
  const target = project.resolve(source, specifier)
  if (target !== null) return resolveName(project, target, name, 'exported', hops + 1)
  if (/^[./]/.test(specifier))
    return unresolved(`'${name}', whose file '${specifier}' is not a TypeScript file that exists`)
  return { kind: 'external', module: specifier, name }
}

function resolveExport(project: LoadedProject, source: SourceFile, name: string, hops: number): Resolution {
  if (name === 'default') {
    const value = source.getExportAssignment((assignment) => !assignment.isExportEquals())?.getExpression()
    if (value !== undefined) return { kind: 'expression', node: value }
  }
  for (const declaration of source.getExportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    const found = declaration
      .getNamedExports()
      .find((item) => (item.getAliasNode()?.getText() ?? item.getName()) === name)
    if (found === undefined) continue
    return specifier === undefined
      ? resolveName(project, source, found.getName(), 'local', hops + 1)
      : follow(project, source, specifier, found.getName(), hops)
  }
  const local = declared(source, name)
  if (local !== null) return local
  return resolveStar(project, source, name, hops) ?? unresolved(`'${name}', which its file does not export`)
}

/** `export * from`: the first module that has the name. */
function resolveStar(project: LoadedProject, source: SourceFile, name: string, hops: number): Resolution | null {
  for (const declaration of source.getExportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (specifier === undefined || !declaration.isNamespaceExport() || declaration.getNamespaceExport()) continue
    const found = follow(project, source, specifier, name, hops)
    if (found.kind !== 'unresolved') return found
  }
  return null
}
