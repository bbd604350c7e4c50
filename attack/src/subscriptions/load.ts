import { Agent } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { RawRequest } from '../http/request.js'
import { send } from '../http/send.js'
import type { HostileIssuer } from '../world/hostile-issuer.js'
import type { Program } from '../world/program.js'
import { type Member, memberOf, uriOf } from './member.js'
import { legacyBy, modernBy } from './requests.js'
import { type Subscription, subscribe } from './subscription.js'

export interface LoadOptions {
  readonly subscriptions: number
  readonly callsPerSecond: number
  readonly milliseconds: number
}

export interface Latency {
  readonly p50: number
  readonly p99: number
}

export interface Figures {
  readonly calls: number
  /** Calls that were not answered as they should be. */
  readonly failed: readonly string[]
  /** Changes that handlers announced. */
  readonly events: number
  /** Messages that somebody should have got of them. */
  readonly due: number
  readonly delivered: number
  readonly lost: number
  /** Messages of what their reader may not know of, or that came twice. */
  readonly wrong: readonly string[]
  /** Subscriptions that ended before they should. */
  readonly ended: number
  /** Milliseconds from the call that changed something until a subscriber knew. */
  readonly telling: Latency
  /** Milliseconds until a call was answered. */
  readonly answering: Latency
  /** Milliseconds of the server's processor time for one call, with all that it tells subscribers. */
  readonly cpuPerCall: number
  /** Bytes that the server held, after what nobody needs was collected. */
  readonly memory: {
    /** Before anybody had subscribed. */
    readonly empty: number
    /** With every subscription open, before the first call. */
    readonly opened: number
    /** The least in the first half of the calls, when code was compiled and caches had filled. */
    readonly early: number
    /** The least in their last quarter. */
    readonly late: number
    /** When all have gone. */
    readonly closed: number
  }
}

/** Subscriptions that each subject has. */
const EACH = 10
/** One subscription in so many is a session of 2025-11-25. */
const OLDER = 5
/** Milliseconds between two rounds of calls. */
const ROUND = 50
/** Milliseconds in which the last message has to come. */
const PATIENCE = 15_000

/** Opens subscriptions, calls for a while, and compares who was told of what with who should have been. */
export async function load(server: Program, issuer: HostileIssuer, options: LoadOptions): Promise<Figures> {
  const members = Array.from({ length: Math.ceil(options.subscriptions / EACH) }, (_, index) => memberOf(issuer, index))
  const empty = (await server.report('collect')).memory
  const subscriptions = await openAll(server.port, members, options.subscriptions)
  const opened = await server.report('collect')
  const [called, { looking, ...held }] = await Promise.all([
    call(server.port, members, options),
    watchMemory(server, options.milliseconds),
  ])
  await allTold(subscriptions, called.sent)
  const ended = subscriptions.filter(({ isOpen }) => !isOpen).length
  const { cpu } = await server.report()
  for (const subscription of subscriptions) subscription.close()
  await setTimeout(1_000)
  const closed = (await server.report('collect')).memory
  return {
    calls: called.answers.length,
    failed: called.failed,
    ...judge(subscriptions, called.sent),
    ended,
    answering: latency(called.answers),
    cpuPerCall: (cpu - opened.cpu - looking) / called.answers.length,
    memory: { empty, opened: opened.memory, ...held, closed },
  }
}

/** A few at a time: all at once would be a test of something else. */
async function openAll(port: number, members: readonly Member[], count: number): Promise<readonly Subscription[]> {
  const subscriptions: Subscription[] = []
  for (let from = 0; from < count; from += 20) {
    const some = Array.from({ length: Math.min(20, count - from) }, (_, offset) => from + offset)
    const opened = some.map((index) => {
      const member = members[index % members.length]
      if (member === undefined) throw new Error('There is nobody to subscribe.')
      // By turns of all members, so that each has some of both.
      const era = Math.floor(index / members.length) % OLDER === 0 ? 'legacy' : 'modern'
      return subscribe(port, member, era)
    })
    subscriptions.push(...(await Promise.all(opened)))
  }
  return subscriptions
}

/** When something changed: milliseconds, by URI, in the order of the calls. */
type SentEvents = ReadonlyMap<string, readonly number[]>

interface Called {
  readonly sent: SentEvents
  readonly failed: readonly string[]
  /** Milliseconds until each answer. */
  readonly answers: readonly number[]
}

async function call(
  port: number,
  members: readonly Member[],
  { callsPerSecond, milliseconds }: LoadOptions,
): Promise<Called> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const sent = new Map<string, number[]>()
  const failed: string[] = []
  const answers: number[] = []
  const pending: Promise<void>[] = []
  const timesOf = (uri: string): number[] => {
    const times = sent.get(uri) ?? []
    sent.set(uri, times)
    return times
  }
  const began = performance.now()
  const one = async (index: number): Promise<void> => {
    const member = members[index % members.length]
    if (member === undefined) return
    const { request, text, changes } = requestOf(member, index)
    const at = performance.now()
    if (changes !== undefined) timesOf(changes).push(at)
    try {
      const answer = await send(agent, port, request)
      if (answer.status !== 200 || !answer.text.includes(text)) failed.push(`${answer.status} ${answer.text}`)
    } catch (error) {
      failed.push(String(error))
    }
    answers.push(performance.now() - at)
  }
  let made = 0
  while (performance.now() - began < milliseconds) {
    // As many as there should have been by now, whatever a round took.
    const due = Math.floor(((performance.now() - began) / 1000) * callsPerSecond)
    while (made < due) {
      pending.push(one(made))
      made += 1
    }
    await setTimeout(ROUND)
  }
  await Promise.all(pending)
  agent.destroy()
  return { sent, failed, answers }
}

interface Call {
  readonly request: RawRequest
  /** What a right answer holds. */
  readonly text: string
  /** What the call changes. */
  readonly changes?: string
}

/** Of a hundred calls fifteen change a board and one the board for staff; the others ask and read. In both eras. */
function requestOf(member: Member, index: number): Call {
  const { board, subject } = member
  const make = index % 2 === 0 ? modernBy : legacyBy
  // A turn of all members later it is another kind of call.
  const kind = (index * 7 + Math.floor(index / 100)) % 100
  if (kind < 16) {
    const on = kind === 0 ? 'staff' : board
    const request = make(member, 'tools/call', { name: 'post', arguments: { board: on } })
    return { request, text: '"posted"', changes: uriOf(on) }
  }
  if (kind < 40) return { request: make(member, 'resources/read', { uri: uriOf(board) }), text: `board ${board}` }
  return { request: make(member, 'tools/call', { name: 'whoami', arguments: {} }), text: subject }
}

interface Watched {
  readonly early: number
  readonly late: number
  /** Milliseconds of processor time that looking took, which is not the server's own doing. */
  readonly looking: number
}

/** Looks every tenth part of the time; the least of a part counts, which is what is held for good. */
async function watchMemory(server: Program, milliseconds: number): Promise<Watched> {
  const began = performance.now()
  const seen: { readonly part: number; readonly held: number }[] = []
  let looking = 0
  for (let part = 0; part < 1; part = (performance.now() - began) / milliseconds) {
    await setTimeout(milliseconds / 10)
    const { cpu: before } = await server.report()
    const { memory, cpu } = await server.report('collect')
    looking += cpu - before
    seen.push({ part: (performance.now() - began) / milliseconds, held: memory })
  }
  const least = (from: number, to: number): number =>
    Math.min(...seen.filter(({ part }) => part >= from && part < to).map(({ held }) => held))
  return { early: least(0.05, 0.5), late: least(0.75, 2), looking }
}

async function allTold(subscriptions: readonly Subscription[], sent: SentEvents): Promise<void> {
  const until = performance.now() + PATIENCE
  while (performance.now() < until && judge(subscriptions, sent).lost > 0) await setTimeout(100)
  // What is one too many may still come.
  await setTimeout(500)
}

/** Compares what came with what should have. */
export function judge(
  subscriptions: readonly Subscription[],
  sent: SentEvents,
): Pick<Figures, 'events' | 'due' | 'delivered' | 'lost' | 'wrong' | 'telling'> {
  const delays: number[] = []
  const wrong = subscriptions.flatMap((one) => one.wrong.map((what) => `${one.member.subject}: ${what}`))
  let [due, lost] = [0, 0]
  for (const { member, told } of subscriptions) {
    for (const [uri, times] of told) {
      const events = sent.get(uri) ?? []
      due += events.length
      lost += Math.max(0, events.length - times.length)
      if (times.length > events.length)
        wrong.push(`${member.subject}: ${uri} ${times.length} times of ${events.length}`)
      for (const [index, at] of times.entries()) delays.push(at - (events[index] ?? at))
    }
  }
  const events = [...sent.values()].reduce((sum, { length }) => sum + length, 0)
  return { events, due, delivered: delays.length, lost, wrong, telling: latency(delays) }
}

function latency(milliseconds: readonly number[]): Latency {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  const at = (part: number): number => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10
  return { p50: at(0.5), p99: at(0.99) }
}
