import { secondsFor } from '../limits/limit-numbers.js'
import { argumentsOf } from '../mcp/arguments-of.js'
import type { Message, RequestId } from '../mcp/message.js'
import { type Input, parseInput } from '../mcp/parse-input.js'
import type { PreparedTool } from '../mcp/tool-catalogue.js'
import { withinTime } from '../mcp/within-time.js'
import type { Deciding } from './guard.js'

/**
 * The arguments of one call as its tool's schema parsed them, once for the
 * decision and the handler, and the scopes that the tool asks for because of
 * them; or why that could not be found out, and then nothing may run.
 */
export type Argued = { readonly input: Input; readonly scopes: readonly string[] } | { readonly failure: unknown }

/**
 * Asks a tool which scopes its arguments need. The project's own function says
 * it, within what the policy declares and within the time of its handler: a name
 * that is not declared there, anything that is no list, or no answer at all, is
 * the tool's failure and lets nobody through.
 */
async function pickArgumentScopes(tool: PreparedTool, args: unknown, guard: Deciding): Promise<Argued | undefined> {
  const declared = guard.configuration.tools.get(tool.name)?.argumentScopes
  if (declared === undefined) return undefined
  try {
    return await withinTime(secondsFor(tool, guard.configuration), () => pick(tool, args, declared))
  } catch (error) {
    return { failure: error }
  }
}

async function pick(tool: PreparedTool, args: unknown, declared: readonly string[]): Promise<Argued> {
  const input = await parseInput(tool, args)
  // The handler will not run either: what is wrong with them is told to who may call it.
  if ('problem' in input) return { input, scopes: [] }
  const picked: unknown = await tool.module.argumentScopes?.pick(input.value)
  return { input, scopes: within(declared, picked) }
}

/** @throws {TypeError} when something else was picked than what is declared */
function within(declared: readonly string[], picked: unknown): readonly string[] {
  if (!Array.isArray(picked)) throw new TypeError('argumentScopes.pick() returns a list of scopes.')
  // A copy: what is checked is what is used.
  const scopes: readonly unknown[] = [...picked]
  const known = declared.filter((scope) => scopes.includes(scope))
  if (scopes.some((scope) => !known.some((one) => one === scope))) {
    throw new TypeError('argumentScopes.pick() returned a scope that is not declared in argumentScopes.')
  }
  return known
}

/** What each call of a request needs because of its arguments, by its id. */
export type ArguedCalls = ReadonlyMap<RequestId, Argued>

/** Of every call that could run: one without an id asks for nothing. */
export async function arguedCalls(messages: readonly Message[], body: unknown, guard: Deciding): Promise<ArguedCalls> {
  const bodies = Array.isArray(body) ? body : [body]
  const argued = new Map<RequestId, Argued>()
  for (const [index, { item, id, method }] of messages.entries()) {
    if (item?.kind !== 'tool' || method !== 'tools/call' || id === undefined) continue
    const found = await pickArgumentScopes(item, argumentsOf(bodies[index]), guard)
    if (found !== undefined) argued.set(id, found)
  }
  return argued
}
