import type { ParsingSchema, RuledModule, ServerDefinition } from '@mcp-secure/runtime'
import type { Run } from './expectation.js'

type Handlers = Pick<ServerDefinition, 'tools' | 'resources' | 'prompts'>

/** Accepts whatever comes: what is tested is the decision, which comes before anything is looked at. */
const ANYTHING: ParsingSchema = {
  '~standard': { version: 1, vendor: 'mcp-secure', validate: (value) => ({ value }) },
}

/**
 * Handlers that note who they are called for, in place of the project's own,
 * which are never called. What is present or absent stays so: the server
 * compares that with what it tells clients.
 */
export function spiesFor({ tools, resources, prompts }: Handlers, runs: Run[], rule: RuleSpy): Handlers {
  const ruled = (name: string, authorize: RuledModule['authorize']) => authorize && { authorize: () => rule.ask(name) }
  const spy =
    (handler: string, answer: unknown) =>
    (...given: readonly unknown[]): unknown => {
      runs.push({ handler, caller: callerOf(given.at(-1)) })
      return answer
    }
  return {
    tools: mapped(tools, (name, { output, argumentScopes, authorize }) => ({
      ...ruled(`tool ${name}`, authorize),
      ...(argumentScopes && { argumentScopes: { pick: pickWhatIsAsked } }),
      input: ANYTHING,
      output: output && ANYTHING,
      run: spy(`tool ${name}`, output === undefined ? 'ran' : {}),
    })),
    ...(resources && {
      resources: mapped(resources, (name, { variables, complete, list, authorize, subscribe }) => ({
        ...ruled(`resource ${name}`, authorize),
        variables: mapped(variables ?? {}, () => ANYTHING),
        complete: mapped(complete ?? {}, () => spy(`completion of resource ${name}`, [])),
        ...(list && { list: spy(`list of resource ${name}`, []) }),
        // A yes would leave a stream open, and who may ask at all has been decided before.
        ...(subscribe !== undefined && { subscribe: () => false }),
        read: spy(`resource ${name}`, 'read'),
      })),
    }),
    ...(prompts && {
      prompts: mapped(prompts, (name, { arguments: declared, complete, authorize }) => ({
        ...ruled(`prompt ${name}`, authorize),
        arguments: declared && ANYTHING,
        complete: mapped(complete ?? {}, () => spy(`completion of prompt ${name}`, [])),
        run: spy(`prompt ${name}`, 'got'),
      })),
    }),
  }
}

/** Stands in for the rules about objects: notes who asks, and answers what a row wants. */
export class RuleSpy {
  readonly asked: string[] = []
  answer: () => unknown = () => true

  ask(name: string): unknown {
    this.asked.push(name)
    return this.answer()
  }
}

/** Picks what the arguments name: which ones the project's own function would pick is not what is tested. */
function pickWhatIsAsked(input: unknown): unknown {
  return typeof input === 'object' && input !== null && PICK in input ? input[PICK] : []
}

/** The argument in which a row says what is to be picked. */
export const PICK = 'access-matrix-pick'

/** Without a prototype of its own to be found in: a tool may be called `__proto__`. */
function mapped<T, R>(
  record: Readonly<Record<string, T>>,
  map: (key: string, value: T) => R,
): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]))
}

function callerOf(context: unknown): Run['caller'] {
  if (typeof context !== 'object' || context === null || !('caller' in context)) return null
  const { subject, clientId, issuer, scopes } = context.caller as Record<string, unknown>
  return { subject, clientId, issuer, scopes }
}
