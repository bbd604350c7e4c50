import type { ParsingSchema, ServerDefinition, Tools } from '@mcp-secure/runtime'
import type { Run } from './expectation.js'

/** Accepts whatever comes: what is tested is the decision, which comes before the input is looked at. */
const ANYTHING: ParsingSchema = {
  '~standard': { version: 1, vendor: 'mcp-secure', validate: (value) => ({ value }) },
}

/** Handlers that note who they are called for, in place of the project's own, which are never called. */
export function spiesFor(tools: ServerDefinition['tools'], runs: Run[]): Tools {
  return Object.fromEntries(
    Object.entries(tools).map(([name, { output }]) => [
      name,
      {
        input: ANYTHING,
        // Present or absent as in the project: the server compares that with what it tells clients.
        output: output && ANYTHING,
        run(_input: unknown, context: unknown): unknown {
          runs.push({ item: name, caller: callerOf(context) })
          return output === undefined ? 'ran' : {}
        },
      },
    ]),
  )
}

function callerOf(context: unknown): Run['caller'] {
  if (typeof context !== 'object' || context === null || !('caller' in context)) return null
  const { subject, clientId, issuer, scopes } = context.caller as Record<string, unknown>
  return { subject, clientId, issuer, scopes }
}
