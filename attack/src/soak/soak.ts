import { Agent } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { send } from '../http/send.js'
import { wasAlone, watchAbsences } from './absences.js'
import type { Disturbance } from './disturbances.js'
import { kinds, type Sent, type Times, type Trouble, type Verdict } from './kinds.js'
import { wasLate } from './late-answers.js'
import type { SoakWorld } from './soak-world.js'

export interface SoakOptions {
  readonly milliseconds: number
  /** Requests that are on their way at the same time. */
  readonly workers: number
  /** What goes wrong meanwhile. */
  readonly disturbances: readonly Disturbance[]
}

export interface Figures {
  readonly requests: number
  /** By kind of request, how often each verdict came. */
  readonly verdicts: ReadonlyMap<string, number>
  /** Answers with 503 because the issuer was too late, and not because it was made to fail. */
  readonly tooLate: readonly string[]
  /** Answers that are right because a process could not share what it learned, and the Redis was not taken away. */
  readonly alone: readonly string[]
  /** Answers that the model does not allow. */
  readonly wrong: readonly string[]
  /** Bytes that the servers held, after what nobody needs was collected: in the first half, and at the end. */
  readonly memory: readonly { readonly server: string; readonly early: number; readonly late: number }[]
  /** Milliseconds until an answer: half of them, and all but one in a hundred. */
  readonly latency: { readonly p50: number; readonly p99: number }
  /** Milliseconds for which this process, and with it the issuer, got no processor at the most. */
  readonly stalled: number
}

/** Milliseconds after the end of trouble in which it may still show: the longest pause of a breaker, and one question. */
const RECOVERY = 43_000

interface Doubt {
  readonly what: string
  readonly verdict: Verdict
  readonly may: Sent['may']
  readonly times: Times
}

/** Full load, while tokens expire and are revoked, keys change, and the issuer fails for a while. */
export async function soak(world: SoakWorld, { milliseconds, workers, disturbances }: SoakOptions): Promise<Figures> {
  const began = Date.now()
  const until = began + milliseconds
  const trouble = disturb(world, began, milliseconds, disturbances)
  const agent = new Agent({ keepAlive: true, maxSockets: workers })
  const verdicts = new Map<string, number>()
  const wrong: string[] = []
  const latencies: number[] = []
  /** Not right as far as is known when they come: what else went wrong on this machine is known at the end. */
  const doubts: Doubt[] = []
  const absences = watchAbsences(world.servers.hello)
  const all = kinds()
  let n = 0

  async function work(): Promise<void> {
    while (Date.now() < until) {
      n += 1
      const kind = all[n % all.length]
      if (kind === undefined) return
      const { request, subject, may, saw } = kind.make(world.issuer, n)
      const among = world.servers[kind.server]
      const server = among[Math.floor(n / all.length) % among.length]
      if (server === undefined) return
      const sent = Date.now()
      const { status, text } = await send(agent, server.port, request)
      const answered = Date.now()
      latencies[n % 100_000] = answered - sent
      const verdict = verdictOf(status, text)
      const key = `${kind.name} ${verdict ?? status}`
      verdicts.set(key, (verdicts.get(key) ?? 0) + 1)
      const allowed = may({ sent, answered }, trouble(sent, answered))
      if (verdict !== undefined) saw?.(verdict, { sent, answered })
      const isOwn =
        verdict !== 'allowed' ||
        text.includes(JSON.stringify(subject)) ||
        text.includes(JSON.stringify(JSON.stringify(subject)).slice(1, -1))
      if (verdict === undefined || !allowed.includes(verdict)) {
        const what = `${kind.name} after ${sent - began} ms: ${verdict ?? status}, not ${allowed.join(' or ')}`
        if (verdict === undefined) wrong.push(what)
        else doubts.push({ what, verdict, may, times: { sent, answered } })
      } else if (!isOwn) wrong.push(`${kind.name}: the answer is not for ${subject}: ${text.slice(0, 200)}`)
    }
  }

  const memory = watchMemory(world, until)
  const delay = monitorEventLoopDelay()
  delay.enable()
  await Promise.all(Array.from({ length: workers }, work))
  agent.destroy()
  delay.disable()
  const tooLate: string[] = []
  const alone: string[] = []
  for (const { what, verdict, may, times } of doubts) {
    const { sent, answered } = times
    const sharing = wasAlone(absences, sent, answered)
    const isRightAlone = may(times, { ...trouble(sent, answered), sharing }).includes(verdict)
    const isLate = verdict === 'unavailable' && wasLate(world.issuer.tooLate, sent, answered)
    ;(isRightAlone ? alone : isLate ? tooLate : wrong).push(what)
  }
  const sorted = latencies.filter((one) => one !== undefined).sort((one, other) => one - other)
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? 0
  return {
    requests: n,
    verdicts,
    wrong,
    tooLate,
    alone,
    memory: await memory,
    latency: { p50: at(0.5), p99: at(0.99) },
    stalled: Math.round(delay.max / 1e6),
  }
}

/** Begins and ends each disturbance in time; says which trouble a request may have met. */
function disturb(
  world: SoakWorld,
  began: number,
  milliseconds: number,
  disturbances: readonly Disturbance[],
): (sent: number, answered: number) => Trouble {
  for (const { from, to, begin, end } of disturbances) {
    void setTimeout(from * milliseconds, undefined, { ref: false }).then(() => begin(world))
    void setTimeout(to * milliseconds, undefined, { ref: false }).then(() => end(world))
  }
  const met = (name: string, sent: number, answered: number): boolean =>
    disturbances.some(
      (one) =>
        one.name === name &&
        answered >= began + one.from * milliseconds - 100 &&
        sent <= began + one.to * milliseconds + RECOVERY,
    )
  return (sent, answered) => ({
    introspection: met('introspection-fails', sent, answered),
    keys: met('keys-fail', sent, answered),
    sharing: world.redis === undefined || met('redis-away', sent, answered),
  })
}

function verdictOf(status: number, text: string): Verdict | undefined {
  if (status === 200) return text.includes('"isError":true') || text.includes('"error"') ? undefined : 'allowed'
  if (status === 401) return text.includes('invalid_token') ? 'refused' : 'login'
  if (status === 403) return 'lacks-scopes'
  return status === 503 ? 'unavailable' : undefined
}

/** Looks every fiftieth part of the time; the least of a part of it counts, which is what is held for good. */
async function watchMemory({ servers }: SoakWorld, until: number): Promise<Figures['memory']> {
  const began = Date.now()
  const programs = Object.entries(servers).flatMap(([name, all]) =>
    all.map((program, index) => ({ server: all.length === 1 ? name : `${name} ${index + 1}`, program })),
  )
  const seen: { readonly part: number; readonly held: readonly number[] }[] = []
  while (Date.now() < until) {
    await setTimeout(Math.max(500, (until - began) / 50))
    const part = (Date.now() - began) / (until - began)
    const held: number[] = []
    // One after the other: all at once would stop every server at the same moment.
    for (const { program } of programs) held.push((await program.report('collect')).memory)
    seen.push({ part, held })
  }
  return programs.map(({ server }, index) => {
    const least = (from: number, to: number): number =>
      Math.min(...seen.filter(({ part }) => part >= from && part < to).map(({ held }) => held[index] ?? 0))
    return { server, early: least(0.1, 0.5), late: least(0.75, 2) }
  })
}
