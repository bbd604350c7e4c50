import type { ToolModel } from '../model/server-model.js'

export type Hint = 'readOnlyHint' | 'destructiveHint'

/** Whether a tool gives this hint as true. What is neither true nor false was reported. */
export function says({ annotations }: ToolModel, hint: Hint): boolean {
  return hintsOf(annotations?.value)[hint] === true
}

/** What runs without being compiled may be anything. */
function hintsOf(annotations: unknown): { readonly [hint: string]: unknown } {
  return typeof annotations === 'object' && annotations !== null ? { ...annotations } : {}
}
