import { isDeepStrictEqual } from 'node:util'
import type { AccessLock, Shape } from './access-lock.js'
import type { Change, Subject } from './change.js'
import { commonNames } from './names.js'
import { type Narrowing, narrowings } from './narrowings.js'

/** What callers have to send, and what they can rely on to get. It is about callers that break, not about access. */
export function compareSchemas({ schemas: before }: AccessLock, { schemas: after }: AccessLock): readonly Change[] {
  return [
    ...commonNames(before.tools, after.tools).flatMap(([name, was, is]) => [
      ...compareTaken({ kind: 'tool', name }, 'input', was.input, is.input),
      ...compareGiven({ kind: 'tool', name }, 'output', was.output, is.output),
    ]),
    ...commonNames(before.resources, after.resources).flatMap(([name, was, is]) =>
      compareTaken({ kind: 'resource', name }, 'variables', was.variables, is.variables),
    ),
    ...commonNames(before.prompts, after.prompts).flatMap(([name, was, is]) =>
      compareTaken({ kind: 'prompt', name }, 'arguments', was.arguments, is.arguments),
    ),
  ]
}

/** A caller breaks if what it sends is not taken any more. */
function compareTaken(subject: Subject, aspect: string, before: Shape, after: Shape): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return []
  return rows(subject, aspect, narrowings(before, after, 'taken'))
}

/** A caller breaks if it gets what it could not get before: the same question the other way around. */
function compareGiven(subject: Subject, aspect: string, before: Shape | null, after: Shape | null): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return []
  const common = { effect: 'none', subject, aspect } as const
  if (before === null) return [{ ...common, breaks: false, before: null, after: 'has a schema' }]
  if (after === null) return [{ ...common, breaks: true, before: 'has a schema', after: null }]
  return rows(subject, aspect, narrowings(after, before, 'given'))
}

function rows(subject: Subject, aspect: string, found: readonly Narrowing[]): readonly Change[] {
  const common = { effect: 'none', subject, before: null } as const
  if (found.length === 0) return [{ ...common, breaks: false, aspect, after: 'changed, and breaks no caller' }]
  return found.map(({ path, problem }) => ({
    ...common,
    breaks: true,
    aspect: [aspect, ...path].join('.'),
    after: problem,
  }))
}
