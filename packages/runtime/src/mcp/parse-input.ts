import { isRecord } from './is-record.js'
import type { Issue } from './standard-schema.js'
import { parseWith } from './standard-schema.js'
import type { PreparedTool } from './tool-catalogue.js'

const MOST_ISSUES = 20
const LONGEST_TEXT = 4_000

export type Input = { readonly value: unknown } | { readonly problem: string }

/**
 * What a handler gets: the arguments as its own schema parsed them. What is
 * wrong with them is told to the model, field by field, so that it can do better.
 */
export async function parseInput({ name, module, input }: PreparedTool, args: unknown): Promise<Input> {
  const given = args === undefined ? {} : args
  if (!isRecord(given)) return { problem: explain(name, [{ path: [], message: 'must be an object' }]) }
  if (module.input === undefined) return withoutInput(name, given)
  const value = input.wrapped === null ? given : Object.hasOwn(given, input.wrapped) ? given[input.wrapped] : undefined
  const parsed = await parseWith(module.input, value)
  if ('value' in parsed) return parsed
  const wrapped = input.wrapped === null ? [] : [input.wrapped]
  return {
    problem: explain(
      name,
      parsed.issues.map((issue) => ({ ...issue, path: [...wrapped, ...issue.path] })),
    ),
  }
}

function withoutInput(name: string, given: Readonly<Record<string, unknown>>): Input {
  const issues = Object.keys(given).map((key) => ({ path: [key], message: 'this tool takes no arguments' }))
  return issues.length === 0 ? { value: {} } : { problem: explain(name, issues) }
}

/** What is wrong with arguments, field by field, cut to what somebody would read. */
export function explain(name: string, issues: readonly Issue[]): string {
  const lines = issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => `- ${path.length === 0 ? 'arguments' : path.join('.')}: ${message}`)
  return `The arguments of ${name} are not valid:\n${lines.join('\n')}`.slice(0, LONGEST_TEXT)
}
