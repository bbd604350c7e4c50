// Puts what was measured of the lanes into docs/performance.md.
import { cpus } from 'node:os'
import { number } from '../build/report.mjs'
import { row, writeSection } from '../write-section.mjs'

export function writeReport(root, { rows, verdicts, rounds }) {
  const { model } = cpus()[0] ?? { model: 'unknown' }
  writeSection(
    root,
    'bench:lanes',
    `\`npm run bench:lanes\` starts two servers with the same tools, one as it is and one with the SDK lane alone, and asks
both the same on 16 connections, in turn, ${rounds} times for a second each. Each request passes the whole guard, with an opaque
token whose introspection is cached, and leaves its audit record. Figures are medians, ratios with the least and the
most in brackets; requests a second depend on the machine and on what else it does, ratios hardly do. Work is the
server's CPU time for one request. A list of 1,000 tools is its first page, of 500.

| tools | request | revision | compiled lane | SDK lane | ratio | work, compiled lane | work, SDK lane | ratio |
|---:|---|---|---:|---:|---:|---:|---:|---:|
${rows.map(line).join('\n')}

| what | measured | wanted | |
|---|---|---|---|
${verdicts.map(({ what, measured, wanted, isMet }) => row([what, measured, wanted, isMet ? 'met' : '**missed**'])).join('\n')}

Measured with Node ${process.versions.node} on ${cpus().length} × ${model.trim()}.
`,
  )
}

function line({ tools, what, era, compiled, sdk, ratio, saved }) {
  const rate = ({ median }) => `${Math.round(median).toLocaleString('en')}/s`
  const work = ({ median }) => `${Math.round(median).toLocaleString('en')} µs`
  return row([
    tools.toLocaleString('en'),
    `\`${what}\``,
    era,
    rate(compiled.rate),
    rate(sdk.rate),
    number(ratio),
    work(compiled.work),
    work(sdk.work),
    number(saved),
  ])
}
