import type { SchemaModel, ServerModel } from '../model/server-model.js'

export interface ToolSchema {
  readonly tool: string
  readonly side: 'input' | 'output'
  readonly schema: SchemaModel
}

/** Every schema that a tool declares. */
export function toolSchemas({ tools }: ServerModel): readonly ToolSchema[] {
  return tools.flatMap(({ name, input, output }): ToolSchema[] => [
    { tool: name, side: 'input', schema: input },
    ...(output === null ? [] : [{ tool: name, side: 'output' as const, schema: output }]),
  ])
}
