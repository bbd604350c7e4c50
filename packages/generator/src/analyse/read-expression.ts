import type { Expression, ObjectLiteralElementLike, ObjectLiteralExpression } from 'ts-morph'
import type { Place } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { Node } from '../load/ts-morph.js'
import { resolveName } from './resolve-name.js'
import { member, type StaticMember, type StaticValue, type Unreadable } from './static-value.js'

/** Names that lead to names: a circle of constants ends here. */
const MAX_DEPTH = 64

/** Turns an expression into plain data, following constants through the project's own files. */
export function readExpression(project: LoadedProject, node: Expression, depth = 0): StaticValue {
  const place = placeOf(project, node)
  const read = (inner: Expression) => readExpression(project, inner, depth + 1)
  if (depth > MAX_DEPTH) return unreadable('a name that leads back to itself', place)
  if (isWrapper(node)) return read(node.getExpression())
  const literal = readLiteral(node)
  if (literal !== null) return { kind: 'literal', value: literal.value, place }
  if (Node.isArrayLiteralExpression(node)) return { kind: 'array', items: node.getElements().map(read), place }
  if (Node.isObjectLiteralExpression(node)) return readObject(project, node, place, depth)
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) return { kind: 'function', place }
  if (Node.isIdentifier(node)) return readName(project, node, place, depth)
  if (Node.isCallExpression(node)) return readCall(project, node, place, depth)
  if (Node.isPropertyAccessExpression(node)) return readProperty(project, node, node.getName(), place, depth)
  if (Node.isBinaryExpression(node)) return readConcatenation(read(node.getLeft()), read(node.getRight()), node, place)
  return unreadable(constructOf(node), place)
}

export function placeOf(project: LoadedProject, node: Node): Place {
  const source = node.getSourceFile()
  const { line, column } = source.getLineAndColumnAtPos(node.getStart())
  const [firstLine = ''] = node.getText().split(/\r?\n/, 1)
  return { file: project.pathOf(source), line, column, length: Math.max(1, firstLine.length) }
}

function unreadable(construct: string, place: Place): Unreadable {
  return { kind: 'unreadable', construct, place }
}

function isWrapper(node: Expression) {
  return (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isTypeAssertion(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  )
}

function readLiteral(node: Expression): { readonly value: string | number | boolean | null | undefined } | null {
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return { value: node.getLiteralValue() }
  if (Node.isNumericLiteral(node)) return { value: node.getLiteralValue() }
  if (Node.isTrueLiteral(node)) return { value: true }
  if (Node.isFalseLiteral(node)) return { value: false }
  if (Node.isNullLiteral(node)) return { value: null }
  return null
}

function readObject(project: LoadedProject, node: ObjectLiteralExpression, place: Place, depth: number): StaticValue {
  // Of two properties with one name JavaScript keeps the last.
  const members = new Map<string, StaticMember>()
  const hidden: Unreadable[] = []
  for (const property of node.getProperties()) {
    const read = readMember(project, property, depth)
    if ('kind' in read) hidden.push(read)
    else members.set(read.key, read)
  }
  return { kind: 'object', members: [...members.values()], hidden, place }
}

function readMember(
  project: LoadedProject,
  property: ObjectLiteralElementLike,
  depth: number,
): StaticMember | Unreadable {
  if (Node.isSpreadAssignment(property)) return unreadable('a spread', placeOf(project, property))
  const nameNode = property.getNameNode()
  const place = placeOf(project, nameNode)
  const key = propertyName(nameNode)
  if (key === null) return unreadable('a computed key', place)
  if (Node.isPropertyAssignment(property)) {
    const value = property.getInitializer()
    if (value === undefined) return unreadable('a property without a value', place)
    return { key, place, value: readExpression(project, value, depth + 1) }
  }
  if (Node.isShorthandPropertyAssignment(property)) {
    return { key, place, value: readName(project, property.getNameNode(), place, depth) }
  }
  if (Node.isMethodDeclaration(property)) return { key, place, value: { kind: 'function', place } }
  return { key, place, value: unreadable('an accessor', place) }
}

function propertyName(node: Node): string | null {
  if (Node.isIdentifier(node)) return node.getText()
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return node.getLiteralValue()
  if (Node.isNumericLiteral(node)) return String(node.getLiteralValue())
  if (!Node.isComputedPropertyName(node)) return null
  const inner = node.getExpression()
  return Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner) ? inner.getLiteralValue() : null
}

function readName(project: LoadedProject, node: Node, place: Place, depth: number): StaticValue {
  const name = node.getText()
  if (name === 'undefined') return { kind: 'literal', value: undefined, place }
  const found = resolveName(project, node.getSourceFile(), name)
  switch (found.kind) {
    case 'expression':
      return readExpression(project, found.node, depth + 1)
    case 'function':
      return { kind: 'function', place }
    case 'external':
      return unreadable(`'${name}', which comes from the package '${found.module}'`, place)
    case 'namespace':
      return unreadable(`'${name}', a whole module`, place)
    case 'unresolved':
      return unreadable(found.reason, place)
  }
}

function readCall(project: LoadedProject, node: Node, place: Place, depth: number): StaticValue {
  if (!Node.isCallExpression(node)) return unreadable(constructOf(node), place)
  const callee = dslFunction(project, node.getExpression())
  if (callee === null) {
    const called = oneLine(node.getExpression())
    const hint = DSL_NAMES.test(called) ? `, which is not imported from ${DSL}` : ''
    return unreadable(`a call of ${called}()${hint}`, place)
  }
  const values = node.getArguments().map((argument) => {
    if (Node.isExpression(argument) && !Node.isSpreadElement(argument)) {
      return readExpression(project, argument, depth + 1)
    }
    return unreadable('a spread', placeOf(project, argument))
  })
  return { kind: 'call', callee, arguments: values, place }
}

const DSL = '@mcp-secure/spec'
const DSL_NAMES = /^(?:definePrompt|defineResource|defineServer|defineServices|defineTool|embedded|env|oidc)$/

/** The name that a callee has in the DSL, however the file imported it. */
function dslFunction(project: LoadedProject, callee: Expression): string | null {
  if (Node.isIdentifier(callee)) {
    const found = resolveName(project, callee.getSourceFile(), callee.getText())
    return found.kind === 'external' && found.module === DSL ? found.name : null
  }
  if (!Node.isPropertyAccessExpression(callee)) return null
  const object = callee.getExpression()
  if (!Node.isIdentifier(object)) return null
  const found = resolveName(project, object.getSourceFile(), object.getText())
  return found.kind === 'external' && found.module === DSL && found.name === '*' ? callee.getName() : null
}

function readProperty(project: LoadedProject, node: Node, name: string, place: Place, depth: number): StaticValue {
  if (!Node.isPropertyAccessExpression(node)) return unreadable(constructOf(node), place)
  const inner = node.getExpression()
  if (/^process\s*\.\s*env$/.test(inner.getText())) return unreadable(oneLine(node), place)
  if (Node.isIdentifier(inner)) {
    const found = resolveName(project, inner.getSourceFile(), inner.getText())
    if (found.kind === 'namespace') return readExport(project, found.source, name, place, depth)
  }
  const object = readExpression(project, inner, depth + 1)
  if (object.kind === 'unreadable') return unreadable(object.construct, place)
  if (object.kind !== 'object' || object.hidden.length > 0) return unreadable(`'${oneLine(node)}'`, place)
  return member(object, name)?.value ?? unreadable(`'${oneLine(node)}', which does not exist`, place)
}

function readExport(
  project: LoadedProject,
  source: Parameters<typeof resolveName>[1],
  name: string,
  place: Place,
  depth: number,
): StaticValue {
  const found = resolveName(project, source, name, 'exported')
  if (found.kind === 'expression') return readExpression(project, found.node, depth + 1)
  return unreadable(found.kind === 'unresolved' ? found.reason : `'${name}' of another module`, place)
}

function readConcatenation(left: StaticValue, right: StaticValue, node: Expression, place: Place): StaticValue {
  const isPlus = Node.isBinaryExpression(node) && node.getOperatorToken().getText() === '+'
  if (!isPlus) return unreadable(constructOf(node), place)
  if (left.kind === 'unreadable') return left
  if (right.kind === 'unreadable') return right
  if (left.kind !== 'literal' || right.kind !== 'literal') return unreadable('an addition', place)
  if (typeof left.value !== 'string' || typeof right.value !== 'string') return unreadable('an addition', place)
  return { kind: 'literal', value: left.value + right.value, place }
}

function constructOf(node: Node): string {
  if (Node.isConditionalExpression(node)) return 'a conditional'
  if (Node.isTemplateExpression(node)) return 'a template with substitutions'
  if (Node.isSpreadElement(node)) return 'a spread'
  if (Node.isOmittedExpression(node)) return 'a hole'
  if (Node.isElementAccessExpression(node)) return `'${oneLine(node)}'`
  if (Node.isNewExpression(node)) return 'a constructor call'
  if (Node.isAwaitExpression(node)) return 'an awaited value'
  if (Node.isClassExpression(node)) return 'a class'
  if (Node.isBinaryExpression(node)) return `an expression with '${node.getOperatorToken().getText()}'`
  return `'${oneLine(node)}'`
}

function oneLine(node: Node): string {
  const text = node.getText().replace(/\s+/g, ' ')
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
