import type { Change } from '../lock/change.js'
import { cell, code } from '../render/markdown.js'
import { summaryOf } from './changes-summary.js'

const HEAD = ['Access', 'Of', 'What', 'Before', 'Now']

/** The changes as a table of Markdown, for a comment on a pull request. Nothing in a name writes anything but itself. */
export function changesAsMarkdown(changes: readonly Change[], since: string): string {
  const head = `**Access since ${code(since)}:** ${summaryOf(changes)}\n`
  if (changes.length === 0) return head
  const rows = changes.map((change) => [
    effectCell(change),
    `${change.subject.kind} ${code(change.subject.name)}`,
    // The name of a property could mention somebody, or link to something: a code span does neither.
    change.aspect.includes('.') ? code(change.aspect) : cell(change.aspect),
    change.before === null ? '' : code(change.before),
    change.after === null ? 'gone' : code(change.after),
  ])
  const table = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`)
  return `${head}\n${table.join('')}`
}

function effectCell({ effect, breaks }: Change): string {
  if (effect === 'looser') return '**looser**'
  if (effect === 'none') return breaks ? 'breaks callers' : ''
  return breaks ? `${effect}, breaks callers` : effect
}
