// Puts what was measured into docs/performance.md, between the marks of the benchmark that measured it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `name` is that of the npm script, such as `bench:build`; its marks have to be on the page. */
export function writeSection(root, name, text) {
  const page = join(root, 'docs', 'performance.md')
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const before = readFileSync(page, 'utf8')
  const from = before.indexOf(start)
  const to = before.indexOf(end)
  if (from === -1 || to < from) throw new Error(`docs/performance.md lacks the marks ${start} and ${end}`)
  writeFileSync(page, `${before.slice(0, from + start.length)}\n\n${text}\n${before.slice(to)}`)
}

export function row(cells) {
  return `| ${cells.join(' | ')} |`
}
