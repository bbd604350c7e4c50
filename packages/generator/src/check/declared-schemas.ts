import { nameOf } from '../model/item-name.js'
import type { SchemaModel, ServerModel } from '../model/server-model.js'

export interface DeclaredSchema {
  /** `tool 'delete_note'` */
  readonly item: string
  readonly side: 'input' | 'output' | 'arguments'
  readonly schema: SchemaModel
}

/**
 * Every schema that a tool or a prompt declares. Those of variables have rules of
 * their own: each is one text.
 */
export function declaredSchemas({ tools, prompts }: ServerModel): readonly DeclaredSchema[] {
  return [
    ...tools.flatMap((tool): DeclaredSchema[] => [
      { item: nameOf(tool), side: 'input', schema: tool.input },
      ...(tool.output === null ? [] : [{ item: nameOf(tool), side: 'output' as const, schema: tool.output }]),
    ]),
    ...prompts.map((prompt) => ({ item: nameOf(prompt), side: 'arguments' as const, schema: prompt.input })),
  ]
}
