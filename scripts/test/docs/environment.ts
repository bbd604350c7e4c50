/** Ways in which sources name an environment variable: a property of the environment, and a setting that is read from it. */
const READS = [
  /\b(?:environment|env)\.([A-Z][A-Z0-9_]*)\b/g,
  /\benv\('([A-Z][A-Z0-9_]*)'/g,
  /\benv: '([A-Z][A-Z0-9_]*)'/g,
  /\breadSecret\('([A-Z][A-Z0-9_]*)'/g,
]
/** `const { A, B } = process.env` */
const TAKEN_APART = /\{([^{}]*)\} = (?:process\.env|environment)\b/g

/** The environment variables that a source reads, or that a spec in it names. */
export function variablesIn(source: string): string[] {
  const code = withoutComments(source)
  const read = READS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''))
  const taken = [...code.matchAll(TAKEN_APART)].flatMap((match) => [
    ...(match[1] ?? '').matchAll(/\b[A-Z][A-Z0-9_]+\b/g),
  ])
  return [...new Set([...read, ...taken.map(([name]) => name)])]
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

/** The variables that rows of tables are about: their first cell is nothing but the name. */
export function variablesOfTables(firstCells: readonly string[]): string[] {
  return firstCells.flatMap((cell) => /^`([A-Z][A-Z0-9_]*)`$/.exec(cell)?.[1] ?? [])
}

/** What is read and not documented, and the other way around. */
export function compareVariables(read: ReadonlySet<string>, documented: readonly string[]): string[] {
  const listed = new Set(documented)
  return [
    ...[...read].filter((name) => !listed.has(name)).map((name) => `${name} is read and not documented`),
    ...[...listed].filter((name) => !read.has(name)).map((name) => `${name} is documented and not read`),
    ...documented
      .filter((name, index) => documented.indexOf(name) < index)
      .map((name) => `${name} is documented twice`),
  ]
}
