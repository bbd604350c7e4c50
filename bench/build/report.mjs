// Puts what was measured into docs/performance.md, between its marks, and the plot beside it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { row, writeSection } from '../write-section.mjs'
import { plot } from './plot.mjs'

/** `verdicts` are `{ what, measured, wanted, isMet }`. */
export function writeReport(root, { sizes, verdicts, versions }) {
  const image = join(root, 'docs', 'images', 'build-times.svg')
  mkdirSync(dirname(image), { recursive: true })
  writeFileSync(
    image,
    plot([
      { name: 'tsc --noEmit', color: '#8a5a00', points: sizes.map(({ tools, tsc }) => [tools, tsc.median]) },
      { name: 'mcp-gen build', color: '#0b61a4', points: sizes.map(({ tools, cold }) => [tools, cold.median]) },
    ]),
  )
  writeSection(root, 'bench:build', section({ sizes, verdicts, versions }))
}

function section({ sizes, verdicts, versions }) {
  const { model } = cpus()[0] ?? { model: 'unknown' }
  return `\`npm run bench:build\` writes projects of 10, 100 and 1,000 tools (five kinds, shared schemas, a service),
builds each cold in a process of its own, and has \`tsc --noEmit\` of TypeScript ${versions.typescript} check the same
project, in turn. Times are medians, with the least and the most in brackets; seconds depend on the machine and on what
else it does, ratios hardly do.

| tools | \`mcp-gen build\`, cold | \`tsc --noEmit\` | ratio | peak memory |
|---:|---:|---:|---:|---:|
${sizes
  .map(({ tools, cold, tsc, ratio, megabytes }) =>
    row([tools.toLocaleString('en'), seconds(cold), seconds(tsc), number(ratio), memory(megabytes)]),
  )
  .join('\n')}

![Build times of mcp-gen and tsc by number of tools, both axes logarithmic](images/build-times.svg)

| what | measured | wanted | |
|---|---|---|---|
${verdicts.map(({ what, measured, wanted, isMet }) => row([what, measured, wanted, isMet ? 'met' : '**missed**'])).join('\n')}

Peak memory is the resident memory of the process and the one in which it loads the project's modules, added up every
5 ms; pages that they share count twice. Measured with Node ${versions.node} on ${cpus().length} × ${model.trim()}.
`
}

export function seconds({ median, least, most }) {
  return `${(median / 1000).toFixed(2)} s (${(least / 1000).toFixed(2)}–${(most / 1000).toFixed(2)})`
}

export function number({ median, least, most }) {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
}

function memory(megabytes) {
  return megabytes === null ? 'not measured' : `${Math.round(megabytes)} MB`
}
