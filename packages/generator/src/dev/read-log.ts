import { isRecord } from '../model/is-record.js'
import type { Decision } from './console-messages.js'
import type { DevEvent, Level, Source, Tell } from './dev-event.js'

/** Reads what a program prints: lines of its JSON log, and what its own code prints besides. */
export type ReadLine = (line: string, stream: 'out' | 'err') => void

/** How many requests are remembered whose end was logged, in case a record of them comes later. */
const REMEMBERED = 200

/**
 * Turns the log of the MCP server into one event a request message: its audit
 * records, which say who asked for what and how that was decided, joined with
 * the line that says how the request ended.
 */
export function readServerLog(tell: Tell): ReadLine {
  const waiting = new Map<string, Entry[]>()
  const over = new Map<string, Entry>()

  function finish(id: string, end: Entry): void {
    const audits = waiting.get(id)
    waiting.delete(id)
    over.set(id, end)
    for (const [oldest] of over) if (over.size > REMEMBERED) over.delete(oldest)
    if (audits === undefined) tell(httpEvent(end))
    for (const audit of audits ?? []) tell(decisionEvent(id, audit, end))
  }

  return (line, stream) => {
    const entry = readEntry(line)
    if (entry === null) return printed('server', line, stream, tell)
    const id = textOf(entry.reqId)
    if (id !== undefined && isRecord(entry.audit)) {
      const end = over.get(id)
      if (end !== undefined) return tell(decisionEvent(id, entry, end))
      waiting.set(id, [...(waiting.get(id) ?? []), entry])
    } else if (id !== undefined && typeof entry.took === 'number' && typeof entry.status === 'number') {
      finish(id, entry)
    } else logged('server', entry, tell)
  }
}

/** Reads the log of a program that answers no MCP requests. */
export function readPlainLog(from: Source, tell: Tell): ReadLine {
  return (line, stream) => {
    const entry = readEntry(line)
    if (entry === null) return printed(from, line, stream, tell)
    logged(from, entry, tell)
  }
}

type Entry = Readonly<Record<string, unknown>>

/** Pino's own properties: a program may print other JSON. */
function readEntry(line: string): Entry | null {
  if (!line.startsWith('{')) return null
  try {
    const entry: unknown = JSON.parse(line)
    return isRecord(entry) && typeof entry.level === 'number' && typeof entry.time === 'number' ? entry : null
  } catch {
    return null
  }
}

/** What the supervisor says itself, in other words. */
const KNOWN = /^(?:The MCP server is ready: |Authorization server of |Server listening at )/

function printed(from: Source, line: string, stream: 'out' | 'err', tell: Tell): void {
  if (line.trim() === '' || KNOWN.test(line)) return
  tell({ event: 'log', from, level: stream === 'err' ? 'error' : 'info', message: visible(line) })
}

/** What a refusal names, and what was asked of it. */
const METHODS: Readonly<Record<string, string>> = {
  tools: 'tools/call',
  resources: 'resources/read',
  prompts: 'prompts/get',
}

function decisionEvent(id: string, { time, audit }: Entry, { status, took, method }: Entry): DevEvent {
  const record = isRecord(audit) ? audit : {}
  const refused = Object.keys(METHODS).filter((kind) => listOf(record[kind]).length > 0)
  const names = refused.flatMap((kind) => listOf(record[kind]))
  const name = textOf(record.tool) ?? textOf(record.resource) ?? textOf(record.prompt) ?? names.join(', ')
  const decision: Decision = {
    id,
    at: isoTime(time),
    method: textOf(record.method) ?? METHODS[refused[0] ?? ''] ?? textOf(method) ?? 'POST',
    ...(name === '' ? {} : { name }),
    ...property('subject', textOf(record.subject)),
    ...property('clientId', textOf(record.clientId)),
    needed: listOf(record.needed),
    held: listOf(record.held),
    outcome: outcomeOf(record),
    reason: textOf(record.outcome) ?? reasonOf(record),
    status: Number(status),
    milliseconds: Number(took),
  }
  return { event: 'request', ...decision }
}

function reasonOf({ reason, fault }: Entry): string {
  const detail = textOf(fault)
  return `${textOf(reason) ?? 'unknown'}${detail === undefined ? '' : `: ${detail}`}`
}

function outcomeOf({ decision, outcome }: Entry): Decision['outcome'] {
  if (decision !== 'allowed') return 'refused'
  // Everything else was let through and still came to nothing.
  return outcome === 'answered' ? 'allowed' : 'failed'
}

function httpEvent({ time, method, path, status, took }: Entry): DevEvent {
  return {
    event: 'http',
    at: isoTime(time),
    method: textOf(method) ?? '',
    path: textOf(path) ?? '',
    status: Number(status),
    milliseconds: Number(took),
  }
}

function logged(from: Source, { level, msg, err }: Entry, tell: Tell): void {
  if (typeof msg === 'string' && KNOWN.test(msg)) return
  const stack = isRecord(err) && typeof err.stack === 'string' ? err.stack : undefined
  tell({
    event: 'log',
    from,
    level: levelOf(Number(level)),
    message: typeof msg === 'string' ? visibleLines(msg) : '',
    ...(stack === undefined ? {} : { stack: visibleLines(stack) }),
  })
}

/** Pino's numbers: 30 is info, 40 warn, 50 error. */
function levelOf(level: number): Level {
  if (level >= 50) return 'error'
  if (level >= 40) return 'warn'
  return level >= 30 ? 'info' : 'debug'
}

function isoTime(time: unknown): string {
  return new Date(Number(time)).toISOString()
}

function property<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: string })
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').map(visible) : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? visible(value) : undefined
}

/** One line, and nothing in it acts on the terminal that shows it. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\t' ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}
