import type { Attack, Expected } from './attack.js'
import { type Answer, jsonOf, valuesOf } from './http/answer.js'
import type { Report } from './world/program.js'
import type { World } from './world/world.js'

/** What came of one attack; no problems: it was refused as expected. */
export interface Outcome {
  readonly attack: Attack
  readonly status: number
  /** Handlers that ran. */
  readonly passed: readonly string[]
  readonly problems: readonly string[]
  /** Milliseconds of processor time that the server spent. */
  readonly cpu: number
}

/** Milliseconds of processor time. More than that for one attack is a way to hold up everybody else. */
const MOST_CPU = 2_000

/** Sends one attack and judges the answer, what ran, and what it cost. */
export async function runAttack(attack: Attack, world: World): Promise<Outcome> {
  const before = await reportOf(world)
  const visits = world.trap.visits()
  const stray = before.runs.map(({ handler }) => `${handler} ran late`)
  let answer: Answer
  try {
    answer = await attack.send(world)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { attack, status: 0, passed: [], problems: [problem, ...stray], cpu: 0 }
  }
  const after = await reportOf(world)
  const cpu = Math.round(after.cpu - before.cpu)
  const passed = after.runs.map(({ handler }) => handler)
  const problems = [
    ...stray,
    ...compare(answer, attack.expected, world),
    ...passed.map((handler) => `${handler} ran`),
    ...(world.trap.visits() > visits ? ['an address inside the network was asked'] : []),
    ...(cpu > MOST_CPU ? [`it took ${cpu} ms of processor time`] : []),
    ...[world.target, world.hello, world.boards, world.authorization].flatMap(({ isRunning }) =>
      isRunning ? [] : ['a server ended'],
    ),
  ]
  return { attack, status: answer.status, passed, problems, cpu }
}

/** What the servers whose handlers tell say together. */
async function reportOf({ target, boards }: World): Promise<Pick<Report, 'runs' | 'cpu'>> {
  const [one, other] = [await target.report(), await boards.report()]
  return { runs: [...one.runs, ...other.runs], cpu: one.cpu + other.cpu }
}

/** How an answer differs from the expected one. */
export function compare(answer: Answer, expected: Expected, world: World): readonly string[] {
  const problems: string[] = []
  if (answer.status !== expected.status) problems.push(`status ${answer.status}, not ${expected.status}`)
  const challenges = valuesOf(answer, 'www-authenticate')
  if (!isChallenge(challenges, expected.challenge)) {
    problems.push(`challenge ${JSON.stringify(challenges)}, not ${expected.challenge ?? 'none'}`)
  }
  const error = errorOf(jsonOf(answer))
  if (expected.error !== undefined && error !== expected.error) {
    problems.push(`error ${JSON.stringify(error)}, not ${JSON.stringify(expected.error)}: ${answer.text.slice(0, 200)}`)
  }
  if (/\n\s+at |node_modules|\.[jt]s:\d/.test(answer.text)) problems.push('the answer shows where the code is')
  const also = expected.also?.(answer, world)
  return also === undefined ? problems : [...problems, also]
}

function isChallenge(challenges: readonly string[], wanted: string | RegExp | undefined): boolean {
  const [challenge, ...more] = challenges
  if (wanted === undefined || challenge === undefined) return wanted === challenge
  return more.length === 0 && (typeof wanted === 'string' ? challenge === wanted : wanted.test(challenge))
}

/** `error` of OAuth, the code of a JSON-RPC error, or `invalid-arguments`: what a tool answers to those. */
function errorOf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return undefined
  if ('error' in json) {
    const { error } = json
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : error
  }
  const result = 'result' in json ? json.result : undefined
  const isError = typeof result === 'object' && result !== null && 'isError' in result && result.isError === true
  return isError ? 'tool-error' : undefined
}
