import type { LimitsPolicy, Policy, ToolPolicy } from '../definition.js'

/** Seconds that every count is for. */
export const WINDOW_SECONDS = 60

/** How much may be asked for, each with what holds when a policy does not say. */
export interface LimitNumbers {
  /** Requests a minute in the name of one subject; without a login, of one address. */
  readonly perSubject: number
  /** Requests a minute by one client, for all of its users together: hosted clients are one. */
  readonly perClient: number
  /** Requests a minute from one address, whoever they are by. */
  readonly perAddress: number
  /** Requests a minute from one address whose token was refused, before no more of its tokens are looked at. */
  readonly refusedPerAddress: number
  /** Requests of one subject that are answered at the same time, by one process. */
  readonly concurrentPerSubject: number
  /** Seconds that a handler may take. */
  readonly secondsPerCall: number
  /** Calls a minute of one tool by one subject, for tools that do not say; no limit of their own if nobody does. */
  readonly perTool: number | undefined
}

/**
 * Far above what a person with a busy agent reaches, and what a project's own
 * tests do: they end a program that runs wild, not one that works.
 */
const DEFAULTS: LimitNumbers = {
  perSubject: 6_000,
  perClient: 60_000,
  perAddress: 60_000,
  refusedPerAddress: 600,
  concurrentPerSubject: 128,
  // As long as a connection lasts on which nothing moves.
  secondsPerCall: 600,
  perTool: undefined,
}

export function limitNumbers(limits: LimitsPolicy = {}): LimitNumbers {
  return {
    perSubject: limits.perSubject ?? DEFAULTS.perSubject,
    perClient: limits.perClient ?? DEFAULTS.perClient,
    perAddress: limits.perAddress ?? DEFAULTS.perAddress,
    refusedPerAddress: limits.refusedPerAddress ?? DEFAULTS.refusedPerAddress,
    concurrentPerSubject: limits.concurrentPerSubject ?? DEFAULTS.concurrentPerSubject,
    secondsPerCall: limits.secondsPerCall ?? DEFAULTS.secondsPerCall,
    perTool: limits.perTool,
  }
}

/** How long the handler of something may take. */
export function secondsFor(
  item: { readonly kind: string; readonly name: string } | undefined,
  { limits, tools }: { readonly limits: LimitNumbers; readonly tools: ReadonlyMap<string, ToolPolicy> },
): number {
  const own = item?.kind === 'tool' ? tools.get(item.name)?.limits?.seconds : undefined
  return own ?? limits.secondsPerCall
}

const NAMES: ReadonlySet<string> = new Set([...Object.keys(DEFAULTS)])
const LARGEST = 1_000_000

/** What is wrong with the limits of a policy: no number switches one off. */
export function limitProblems({ limits = {}, tools }: Policy): string[] {
  const own = Object.entries(limits).flatMap(([name, value]) => [
    ...(NAMES.has(name) ? [] : [`There is no limit ${JSON.stringify(name)}.`]),
    ...(isLimit(value) ? [] : [`The limit ${name} is not a whole number from 1 to ${LARGEST}.`]),
  ])
  const ofTools = Object.entries(tools).flatMap(([name, tool]) =>
    Object.values(tool.limits ?? {}).every(isLimit)
      ? []
      : [`A limit of the tool ${JSON.stringify(name)} is not a whole number from 1 to ${LARGEST}.`],
  )
  return [...own, ...ofTools]
}

function isLimit(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST
}
