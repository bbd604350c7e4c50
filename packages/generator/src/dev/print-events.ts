import { stripVTControlCharacters } from 'node:util'
import { serverName } from '../connect/server-name.js'
import { shellWord } from '../connect/shell-word.js'
import { type Color, type Paint, painter } from '../diagnostics/paint.js'
import type { ConsoleBuild, Decision } from './console-messages.js'
import type { DevEvent, Level } from './dev-event.js'

export interface PrintEventsOptions {
  readonly color: boolean
  /** The time of what has none of its own. */
  now(): Date
  /** The columns of the terminal as it is now; where there is none, lines are as long as they are. */
  width?(): number
}

/** Makes the text of each event: one line for what happens often, a paragraph for what needs to be read. */
export function eventPrinter(options: PrintEventsOptions): (event: DevEvent) => string {
  const paint = painter(options.color)
  let wasLive = false
  const stamp = (at: Date) => paint('dim', clock(at))
  return (event) => {
    switch (event.event) {
      case 'ready':
        return firstScreen(event, paint)
      case 'build':
        wasLive ||= event.status === 'live'
        return buildText(event, wasLive, stamp(options.now()), paint)
      case 'types':
        return typesText(event.findings, stamp(options.now()), paint)
      case 'request':
        return requestLine(event, stamp(new Date(event.at)), { paint, widths: widthsIn(options.width?.()) })
      case 'http': {
        const line = `${column(event.method, 5)} ${event.path}  ${event.status}  ${event.milliseconds} ms`
        return `${stamp(new Date(event.at))}  ${paint('dim', line)}\n`
      }
      case 'log': {
        const text = [event.message, event.stack].filter((part) => part !== undefined && part !== '').join('\n')
        const head = `${column(event.from, 7)} ${event.level === 'info' ? '' : `${paint(COLORS[event.level], event.level)} `}`
        return `${stamp(options.now())}  ${head}${indented(text)}\n`
      }
      case 'notice':
        return `${stamp(options.now())}  ${paint(COLORS[event.level], indented(event.message))}\n`
    }
  }
}

type Ready = Extract<DevEvent, { event: 'ready' }>

/** Where everything is, and what to do next. */
function firstScreen({ name, id, resource, console, issuer, embedded }: Ready, paint: Paint): string {
  const page = console === null ? 'npm install --save-dev @mcp-secure/console' : paint('cyan', console)
  return [
    '',
    `  ${paint('bold', name)}`,
    '',
    `  ${paint('dim', 'MCP server')}            ${paint('cyan', resource)}`,
    `  ${paint('dim', 'Console')}               ${page}`,
    `  ${paint('dim', 'Authorization server')}  ${paint('cyan', issuer)}${embedded ? paint('dim', '  log in under any name') : ''}`,
    '',
    console === null ? '  Connect a client:' : '  Open the console, or connect a client:',
    `    claude mcp add --transport http ${serverName(id)} ${shellWord(resource)}`,
    '',
    `  ${paint('dim', 'Save a file, and it is live. Ctrl+C ends everything.')}`,
    '',
    '',
  ].join('\n')
}

type BuildEvent = Extract<DevEvent, { event: 'build' }>

function buildText(
  { status, milliseconds, changed, findings }: BuildEvent,
  wasLive: boolean,
  stamp: string,
  paint: Paint,
): string {
  const what = changed.length === 0 ? '' : `  ${list(changed)}`
  const head =
    status === 'live'
      ? `${stamp}  ${paint('green', 'live')} in ${milliseconds} ms${paint('dim', what)}\n`
      : `${stamp}  ${paint('red', 'not live')}${wasLive ? ', the last good build goes on' : ''}${what}\n`
  return head + findingsText(findings, paint)
}

function typesText(findings: ConsoleBuild['findings'], stamp: string, paint: Paint): string {
  if (findings.length === 0) return `${stamp}  ${paint('green', 'types')} are fine\n`
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return `${stamp}  ${paint('yellow', 'types')} ${count}; the server runs all the same\n${findingsText(findings, paint)}`
}

/** In the form that editors and terminals make links of. */
function findingsText(findings: ConsoleBuild['findings'], paint: Paint): string {
  return findings
    .map(({ place, severity, code, message, fix }) => {
      const word = paint(severity === 'error' ? 'red' : 'yellow', severity)
      const cure = fix === undefined ? '' : `\n      ${paint('green', 'fix:')} ${fix}`
      return `  ${paint('cyan', place)} - ${word} ${code}: ${message.replaceAll('\n', '\n      ')}${cure}\n`
    })
    .join('')
}

interface Widths {
  readonly who: number
  readonly what: number
  /** None where the terminal is too narrow: a refusal says what it needs all the same. */
  readonly needed: number
}

const WIDE: Widths = { who: 24, what: 28, needed: 20 }
/** The time before, what is between the columns, and a verdict of the usual length. */
const REST = 8 + 3 * 2 + 34

/** What a line has beside its verdict, so that it stays one on a narrow terminal. */
function widthsIn(terminal: number | undefined): Widths {
  const room = (terminal ?? Number.POSITIVE_INFINITY) - REST
  if (room >= WIDE.who + WIDE.what + WIDE.needed + 2) return WIDE
  const who = Math.min(WIDE.who, Math.max(12, Math.floor(room * 0.4)))
  return { who, what: Math.min(WIDE.what, Math.max(18, room - who)), needed: 0 }
}

interface Look {
  readonly paint: Paint
  readonly widths: Widths
}

/** Who, what, what it takes, how it was decided, how long it took: always in the same columns. */
function requestLine(decision: Decision, stamp: string, { paint, widths }: Look): string {
  const { method, name, needed, outcome, status, milliseconds } = decision
  const what = name === undefined ? method : `${method} ${name}`
  const verdict = outcome === 'allowed' ? 'allowed' : `${outcome}  ${why(decision)}`
  return [
    stamp,
    column(who(decision), widths.who),
    column(what, widths.what),
    ...(widths.needed === 0 ? [] : [paint('dim', column(needed.join(' ') || '-', widths.needed))]),
    `${paint(OUTCOMES[outcome], verdict)}  ${paint('dim', `${status}  ${milliseconds} ms`)}\n`,
  ].join('  ')
}

const OUTCOMES = { allowed: 'green', refused: 'red', failed: 'yellow' } as const

function who({ subject, clientId }: Decision): string {
  if (subject === undefined) return 'nobody'
  return clientId === undefined ? subject : `${subject} by ${shortId(clientId)}`
}

/** Registered clients have long random names, and the others URLs. */
function shortId(clientId: string): string {
  if (URL.canParse(clientId)) return new URL(clientId).hostname || clientId
  return clientId.length > 12 ? `${clientId.slice(0, 8)}…` : clientId
}

function why({ reason, needed, held }: Decision): string {
  if (reason !== 'insufficient-scope') return reason
  return `needs ${needed.join(' ')}, has ${held.length === 0 ? 'no scope' : held.join(' ')}`
}

/** Padded, or cut: a long name must not move the columns after it. */
function column(text: string, width: number): string {
  const plain = stripVTControlCharacters(text)
  return plain.length <= width ? plain.padEnd(width) : `${plain.slice(0, width - 1)}…`
}

function list(paths: readonly string[]): string {
  const [first = '', second] = paths
  if (second === undefined) return first
  return paths.length === 2 ? `${first}, ${second}` : `${first} and ${paths.length - 1} more`
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n          ')
}

function clock(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

const COLORS: Readonly<Record<Level, Color>> = { debug: 'dim', info: 'dim', warn: 'yellow', error: 'red' }
