import { cell, code } from '../render/markdown.js'
import { type AccessMatrix, besidesInWords, byKind, cellOf, inWords, resourceInWords } from './access-matrix.js'

const WORDS = { needed: '**needed**', covers: 'covers', nothing: '' } as const

/** The matrix as tables of Markdown, for a pull request or a wiki. */
export function asMarkdown(matrix: AccessMatrix): string {
  const { server, resource, scopes } = matrix
  const heading = `# Who may do what on ${code(server.name)}\n\nVersion ${code(server.version)}, at ${code(resourceInWords(resource))}.\n`
  const tables = byKind(matrix).map(([title, items]) => {
    const head = [title, ...scopes.map(({ name }) => code(name)), 'Who']
    const rows = items.map((item) => {
      const words = item.access.kind === 'scopes' ? [] : [inWords(item.access)]
      const who = [...words, ...besidesInWords(item)].join(', ')
      const strong = item.access.kind === 'public' ? `**${cell(who)}**` : cell(who)
      return [code(item.name), ...scopes.map((scope) => WORDS[cellOf(item, scope)]), strong]
    })
    return `\n${table([head, head.map(() => '---'), ...rows])}`
  })
  const needs = '\n**needed**: a caller must have it, and all of its row. covers: it implies one that is needed.\n'
  const names = scopes.map(({ name, description, baseline, implies }) => [
    code(name),
    cell(description),
    baseline ? 'yes' : '',
    implies.map(code).join(', '),
  ])
  const list = `\n${table([['Scope', 'What it allows', 'Baseline', 'Implies'], ['---', '---', '---', '---'], ...names])}`
  return `${heading}${tables.join('')}${scopes.length === 0 ? '' : `${needs}${list}`}`
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
