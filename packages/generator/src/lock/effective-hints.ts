import type { Hints } from './access-lock.js'

/** MCP, schema.ts, ToolAnnotations: what a client assumes where a tool is silent. */
const ASSUMED = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true } as const

export function effectiveHints(annotations: Readonly<Record<string, unknown>>): Hints {
  const hint = (name: keyof typeof ASSUMED): boolean => {
    const declared = annotations[name]
    return typeof declared === 'boolean' ? declared : ASSUMED[name]
  }
  const openWorld = hint('openWorldHint')
  if (hint('readOnlyHint')) return { readOnly: true, openWorld }
  return {
    readOnly: false,
    destructive: hint('destructiveHint'),
    idempotent: hint('idempotentHint'),
    openWorld,
  }
}
