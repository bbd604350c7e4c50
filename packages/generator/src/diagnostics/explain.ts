import { catalogue, type DiagnosticCode, type Entry } from './catalogue.js'

/** Every code, in alphabetical order. */
export const codes: readonly DiagnosticCode[] = (Object.keys(catalogue) as DiagnosticCode[]).sort()

/** Whether a word from the command line is a code. */
export function isCode(word: string): word is DiagnosticCode {
  return Object.hasOwn(catalogue, word)
}

/** What `mcp-gen explain` prints, and what the page in `docs/diagnostics/` says. */
export function explain(code: DiagnosticCode): string {
  const entry = catalogue[code] as Entry<Record<string, string>>
  return [
    `# ${code}`,
    `**${entry.title}.**`,
    ...(entry.severity === 'warning' ? ['A warning: the files are written all the same.'] : []),
    `\`\`\`text\n${entry.severity} ${code}: ${entry.message(placeholders)}\n\`\`\``,
    `## Cause\n\n${entry.cause}`,
    `## Fix\n\n${entry.fix}`,
    ...(entry.example === undefined ? [] : [`\`\`\`ts\n${entry.example.text}\n\`\`\``]),
  ]
    .join('\n\n')
    .concat('\n')
}

/** Stands in for a message's parameters: each shows its own name, but a hint, which may be missing. */
const placeholders: Record<string, string> = new Proxy<Record<string, string>>(
  {},
  { get: (_target, name) => (name === 'hint' ? '' : `<${String(name)}>`) },
)
