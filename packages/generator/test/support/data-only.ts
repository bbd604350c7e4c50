import { type Expression, Node, Project, type SourceFile, type Statement } from 'ts-morph'

/** What a generated file may hold besides imports, types and data. */
interface Kind {
  /** The packages that it may import from; modules of the project and other generated files always. */
  readonly packages: readonly string[]
  /** The functions that it may call, each once, with nothing but data. */
  readonly calls: readonly string[]
}

const DATA: Kind = { packages: ['@mcp-secure/runtime'], calls: [] }

/** Every kind of file, by its name. One that is not here is not allowed. */
const KINDS: Readonly<Record<string, Kind>> = {
  'policy.gen.ts': DATA,
  'schemas.gen.ts': DATA,
  'tools.gen.ts': DATA,
  'resources.gen.ts': DATA,
  'prompts.gen.ts': DATA,
  'register.gen.ts': { packages: [], calls: [] },
  'server.gen.ts': { packages: ['@mcp-secure/runtime'], calls: ['serverFactory', 'mcpPlugin'] },
  'authorization-server.gen.ts': { packages: ['@mcp-secure/auth-server'], calls: ['serve'] },
  'client.gen.ts': { packages: ['@mcp-secure/client'], calls: ['clientFactory'] },
  'access.gen.test.ts': {
    packages: ['@mcp-secure/runtime', '@mcp-secure/testing/access-matrix'],
    calls: ['accessMatrix'],
  },
}

const project = new Project({ useInMemoryFileSystem: true })

/**
 * What a generated TypeScript file holds that is neither an import, a type, data
 * nor a call that its kind may make: nothing, if an auditor has only to read it.
 */
export function beyondData(name: string, text: string): readonly string[] {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (kind === undefined) return [`${name} is of no kind that is known`]
  const source = project.createSourceFile(name, text, { overwrite: true })
  const { parseDiagnostics = [] } = source.compilerNode as unknown as { parseDiagnostics?: readonly unknown[] }
  if (parseDiagnostics.length > 0) return [`${name} cannot be parsed`]
  const called: string[] = []
  const problems = source.getStatements().flatMap((statement) => inStatement(statement, kind, namesIn(source), called))
  const repeated = called.filter((one, index) => called.indexOf(one) !== index)
  return [...problems, ...repeated.map((one) => `${one}() is called twice`)]
}

/** What the file itself declares and imports: everything that data may refer to. */
function namesIn(source: SourceFile): ReadonlySet<string> {
  const imported = source
    .getImportDeclarations()
    .flatMap((declaration) => [
      declaration.getDefaultImport()?.getText() ?? '',
      ...declaration.getNamedImports().map((one) => one.getAliasNode()?.getText() ?? one.getName()),
    ])
  return new Set([...imported, ...source.getVariableDeclarations().map((one) => one.getName())])
}

function inStatement(node: Statement, kind: Kind, names: ReadonlySet<string>, called: string[]): readonly string[] {
  if (Node.isImportDeclaration(node)) {
    const from = node.getModuleSpecifierValue()
    if (node.getImportClause() === undefined) return [`${node.getText()} imports for what it does`]
    const isOwn = /^(?:\.\/[\w-]+\.gen\.js|\.\.\/mcp\/.+\.m?js)$/.test(from)
    return isOwn || kind.packages.includes(from) ? [] : [`${from} is imported`]
  }
  if (Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node)) return []
  if (Node.isModuleDeclaration(node)) {
    return node.getStatements().flatMap((inner) => (Node.isInterfaceDeclaration(inner) ? [] : [beyond(inner)]))
  }
  if (Node.isVariableStatement(node) && node.getDeclarationKind() === 'const') {
    return node
      .getDeclarations()
      .flatMap((one) =>
        Node.isIdentifier(one.getNameNode()) ? wired(one.getInitializer(), kind, names, called) : [beyond(one)],
      )
  }
  if (Node.isExpressionStatement(node)) {
    const expression = node.getExpression()
    const call = Node.isAwaitExpression(expression) ? expression.getExpression() : expression
    return Node.isCallExpression(call) ? wired(call, kind, names, called) : [beyond(node)]
  }
  return [beyond(node)]
}

/** Data, or one of the calls. */
function wired(
  node: Expression | undefined,
  kind: Kind,
  names: ReadonlySet<string>,
  called: string[],
): readonly string[] {
  if (node === undefined) return ['something without a value']
  if (!Node.isCallExpression(node)) return inData(node, names)
  const callee = node.getExpression()
  if (!Node.isIdentifier(callee) || !kind.calls.includes(callee.getText())) return [beyond(node)]
  called.push(callee.getText())
  return node
    .getArguments()
    .flatMap((argument) => (Node.isExpression(argument) ? inData(argument, names) : [beyond(argument)]))
}

function inData(node: Expression, names: ReadonlySet<string>): readonly string[] {
  if (Node.isAsExpression(node) || Node.isSatisfiesExpression(node)) return inData(node.getExpression(), names)
  if (Node.isStringLiteral(node) || Node.isNumericLiteral(node) || Node.isNullLiteral(node)) return []
  if (Node.isTrueLiteral(node) || Node.isFalseLiteral(node)) return []
  if (Node.isPrefixUnaryExpression(node)) {
    return /^-\d/.test(node.getText()) && Node.isNumericLiteral(node.getOperand()) ? [] : [beyond(node)]
  }
  if (Node.isIdentifier(node)) return names.has(node.getText()) ? [] : [`${node.getText()} comes from nowhere`]
  if (Node.isArrayLiteralExpression(node)) return node.getElements().flatMap((element) => inData(element, names))
  if (Node.isObjectLiteralExpression(node)) {
    return node.getProperties().flatMap((property) => {
      if (Node.isShorthandPropertyAssignment(property)) return inData(property.getNameNode(), names)
      if (!Node.isPropertyAssignment(property)) return [beyond(property)]
      const name = property.getNameNode()
      const isPlain = !Node.isComputedPropertyName(name) || Node.isStringLiteral(name.getExpression())
      const value = property.getInitializer()
      return [...(isPlain ? [] : [beyond(name)]), ...(value === undefined ? [] : inData(value, names))]
    })
  }
  return [beyond(node)]
}

function beyond(node: Node): string {
  return `${node.getKindName()} in line ${node.getStartLineNumber()}`
}
