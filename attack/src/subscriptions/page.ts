import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Figures, LoadOptions } from './load.js'

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md')
const START = '<!-- load:subscriptions -->'
const END = '<!-- /load:subscriptions -->'

/** What the machine was and did: without it, seconds say nothing. */
export interface Machine {
  readonly processors: string
  /** Programs that wanted a processor, on average of a minute, before and after. */
  readonly load: readonly [before: number, after: number]
}

export function processors(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`
}

export function busy(): number {
  return loadavg()[0] ?? 0
}

/** Puts what was measured into docs/performance.md, between its marks. */
export function writePage(figures: Figures, options: LoadOptions, machine: Machine): void {
  const page = readFileSync(PAGE, 'utf8')
  const [from, to] = [page.indexOf(START), page.indexOf(END)]
  if (from === -1 || to < from) throw new Error(`docs/performance.md lacks the marks ${START} and ${END}`)
  writeFileSync(PAGE, `${page.slice(0, from)}${START}\n\n${section(figures, options, machine)}\n${page.slice(to)}`)
}

function section(figures: Figures, { subscriptions, callsPerSecond, milliseconds }: LoadOptions, machine: Machine) {
  const { calls, failed, events, due, delivered, lost, wrong, ended, telling, answering, cpuPerCall, memory } = figures
  const rows = [
    ['open subscriptions', count(subscriptions), `${ended} ended before they should`],
    ['calls', count(calls), `${failed.length} not answered as they should be`],
    ['events', count(events), `${count(due)} messages due to subscribers`],
    ['messages', `${count(delivered)} delivered`, `${lost} lost, ${wrong.length} wrongly delivered`],
    ['until a subscriber knew', `${seconds(telling.p50)} (half)`, `${seconds(telling.p99)} (99 of 100)`],
    ['until a call was answered', `${seconds(answering.p50)} (half)`, `${seconds(answering.p99)} (99 of 100)`],
    ['work of a call, with all that it tells', `${cpuPerCall.toFixed(2)} ms`, "of the server's processor time"],
    ['memory with nobody, and with every subscription', `${mega(memory.empty)} MB`, `${mega(memory.opened)} MB`],
    [
      'memory in the first half of the calls, and at their end',
      `${mega(memory.early)} MB`,
      `${mega(memory.late)} MB, ${(memory.late / memory.early).toFixed(2)} times as much`,
    ],
    ['memory when all had gone', `${mega(memory.closed)} MB`, ''],
  ]
  const [before, after] = machine.load.map((load) => load.toFixed(0))
  return `\`npm run load:subscriptions\` opens ${count(subscriptions)} subscriptions to a generated server, four of five with
\`subscriptions/listen\` and one with a session of 2025-11-25, and sends ${callsPerSecond} calls a second for ${milliseconds / 1000} seconds,
in both eras. One of six calls changes something. Each subscriber asks for what is theirs, for what is somebody else's
and for what needs a scope that nine of ten lack; what each was told is counted and compared with what it should have been.

| what | | |
|---|---:|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

The clients run on the same machine. Measured with Node ${process.versions.node} on ${machine.processors}, whose load average was ${before}
before and ${after} after: where that is more than there are processors, times are mostly those of waiting for one.
`
}

function count(number: number): string {
  return number.toLocaleString('en')
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
