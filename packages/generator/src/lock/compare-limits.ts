import { SERVER_LIMIT_DEFAULTS, SERVER_LIMITS, TOOL_LIMIT_DEFAULTS, TOOL_LIMITS } from '../model/limit-names.js'
import type { AccessLock, Limits } from './access-lock.js'
import type { Change, Effect } from './change.js'
import { commonNames } from './names.js'

/** How much may be asked for: of the server, and of the tools that it had before. More is looser. */
export function compareLimits(before: AccessLock, after: AccessLock): readonly Change[] {
  return [
    ...SERVER_LIMITS.flatMap((name): readonly Change[] => {
      const change = compare(ofServer(name, before), ofServer(name, after))
      if (change === null) return []
      return [{ ...change, subject: { kind: 'limit', name }, aspect: 'how much may be asked for' }]
    }),
    ...commonNames(before.tools, after.tools).flatMap(([tool, was, is]) =>
      TOOL_LIMITS.flatMap((name): readonly Change[] => {
        const change = compare(ofTool(name, was.limits, before), ofTool(name, is.limits, after))
        return change === null ? [] : [{ ...change, subject: { kind: 'tool', name: tool }, aspect: `limits.${name}` }]
      }),
    ),
  ]
}

/** What a limit is, whether it is said or not. */
interface Limit {
  readonly isSaid: boolean
  /** Null: there is none. */
  readonly value: number | null
}

function ofServer(name: string, { limits }: AccessLock): Limit {
  const said = limits?.[name]
  return { isSaid: said !== undefined, value: said ?? SERVER_LIMIT_DEFAULTS[name] ?? null }
}

function ofTool(name: string, limits: Limits | undefined, lock: AccessLock): Limit {
  const said = limits?.[name]
  if (said !== undefined) return { isSaid: true, value: said }
  return { isSaid: false, value: ofServer(TOOL_LIMIT_DEFAULTS[name] ?? '', lock).value }
}

/** Of a limit that is said neither before nor after, the server's own is the change. */
function compare(was: Limit, is: Limit): Pick<Change, 'effect' | 'breaks' | 'before' | 'after'> | null {
  if (was.isSaid === is.isSaid && (was.value === is.value || !is.isSaid)) return null
  const [before, after] = [was, is].map(({ value }) => value ?? Number.POSITIVE_INFINITY) as [number, number]
  const effect: Effect = after > before ? 'looser' : after < before ? 'tighter' : 'none'
  return { effect, breaks: false, before: inWords(was), after: inWords(is) }
}

function inWords({ isSaid, value }: Limit): string {
  if (value === null) return 'no limit of its own'
  return isSaid ? String(value) : `${value} by default`
}
