import type { ClientTool, ClientTools } from './definition.js'

/** The scopes that a tool needs. */
export function scopesOf(tool: ClientTool | undefined): readonly string[] {
  return tool?.access === 'scopes' ? tool.scopes : []
}

/** The union of what these tools need, each scope once, in the order of the tools. */
export function unionOfScopes(tools: ClientTools, names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => scopesOf(tools[name])))]
}
