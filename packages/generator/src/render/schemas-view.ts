import type { SchemaModel, ServerModel } from '../model/server-model.js'
import { said, saidOrNothing } from './said.js'

export interface SchemasView {
  readonly tools: readonly { readonly name: string; readonly description: object }[]
}

/** The content of `schemas.gen.ts`, in the shape that `Schemas` of the runtime has. */
export function schemasView({ tools }: ServerModel): SchemasView {
  return {
    tools: tools.map(({ name, title, description, annotations, input, output }) => ({
      name,
      description: {
        title: saidOrNothing(title),
        description: said(description),
        annotations: annotations === null ? undefined : annotations.value,
        input: wireOf(input),
        output: output === null ? null : wireOf(output),
      },
    })),
  }
}

function wireOf({ wire }: SchemaModel): object {
  return { schema: wire.schema, wrapped: wire.wrapped }
}
