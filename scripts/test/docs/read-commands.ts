/** One command of a shell, as words, without what is set for it alone. */
export interface Command {
  readonly words: readonly string[]
}

/** A word with its quotes, a comment, or what stands between two commands. */
const PARTS = /'[^']*'|"[^"]*"|&&|\|\||[;|\n]|[^\s'"&|;]+|&/g

/** The commands in a block of shell: as much of its grammar as documentation should use. */
export function readCommands(text: string): Command[] {
  const commands: string[][] = [[]]
  // A line that ends in a backslash goes on in the next; a comment starts at the beginning of a word.
  const plain = text.replace(/\\\n/g, ' ').replace(/(^|\s)#.*$/gm, '$1')
  let end = -1
  for (const match of plain.matchAll(PARTS)) {
    const [part] = match
    const words = commands.at(-1) ?? []
    if (/^(?:&&|\|\||[;|\n&])$/.test(part)) commands.push([])
    // What touches belongs to one word: --flag='a b'.
    else if (match.index === end && words.length > 0) words.push(`${words.pop()}${unquoted(part)}`)
    else words.push(unquoted(part))
    end = match.index + part.length
  }
  return commands.map((words) => ({ words: withoutAssignments(words) })).filter(({ words }) => words.length > 0)
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^[A-Z][A-Z0-9_]*=/.test(word))
  return start === -1 ? [] : words.slice(start)
}

function unquoted(part: string): string {
  return /^(['"]).*\1$/s.test(part) ? part.slice(1, -1) : part
}
