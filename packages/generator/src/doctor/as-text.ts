import type { Color, Paint } from '../diagnostics/paint.js'
import { oneLine } from '../render/markdown.js'
import type { Finding, Group, State } from './finding.js'

const COLORS: Readonly<Record<State, Color>> = { ok: 'green', warning: 'yellow', failure: 'red' }
const STATE_WIDTH = 'failure'.length + 2

/** What was found, one line a finding. */
export function asText(groups: readonly Group[], paint: Paint): string {
  const width = Math.max(0, ...groups.flatMap(({ findings }) => findings.map(({ check }) => check.length))) + 2
  const shown = groups.map(({ title, findings }) => {
    return `${paint('bold', oneLine(title))}\n${findings.map((finding) => line(finding, width, paint)).join('')}`
  })
  return `${shown.join('\n')}\n${inCounts(groups)}\n`
}

/** How many findings are in a state. */
export function count(groups: readonly Group[], state: State): number {
  return groups.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.state === state).length, 0)
}

function line({ check, state, text, cure }: Finding, width: number, paint: Paint): string {
  const words = cure === null ? text : `${text}. ${cure}`
  return `  ${paint(COLORS[state], state.padEnd(STATE_WIDTH))}${check.padEnd(width)}${oneLine(words)}\n`
}

function inCounts(groups: readonly Group[]): string {
  const [failures, warnings] = [count(groups, 'failure'), count(groups, 'warning')]
  const named = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
  return `${named(failures, 'failure')}, ${named(warnings, 'warning')}, ${count(groups, 'ok')} ok`
}
