import type { ClientTool, ClientTools } from './definition.js'

/** The sets of scopes of which a tool needs one; none if it needs no scope. */
export function scopeSetsOf(tool: ClientTool | undefined): readonly (readonly string[])[] {
  if (tool?.access === 'scopes') return [tool.scopes]
  return tool?.access === 'any-of' ? tool.anyOf : []
}

/** The union of what these tools need, each scope once, in the order of the tools; of several sets the first. */
export function unionOfScopes(tools: ClientTools, names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => scopeSetsOf(tools[name])[0] ?? []))]
}
