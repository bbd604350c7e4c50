import type { PromptModel, SchemaModel, ServerModel } from '../model/server-model.js'
import { dataIn, said, saidOrNothing } from './said.js'

export interface SchemasView {
  readonly tools: readonly Described[]
  readonly resources: readonly Described[]
  readonly prompts: readonly Described[]
}

interface Described {
  readonly name: string
  readonly description: object
}

/**
 * The content of `schemas.gen.ts`, in the shapes that `Schemas`,
 * `ResourceDescriptions` and `PromptDescriptions` of the runtime have.
 */
export function schemasView({ tools, resources, prompts }: ServerModel): SchemasView {
  return {
    tools: tools.map(({ name, title, description, icons, metadata, annotations, input, output }) => ({
      name,
      description: {
        title: saidOrNothing(title),
        description: said(description),
        icons: dataIn(icons),
        annotations: annotations === null ? undefined : annotations.value,
        input: wireOf(input),
        output: output === null ? null : wireOf(output),
        _meta: dataIn(metadata),
      },
    })),
    resources: resources.map(({ name, title, description, icons, mimeType }) => ({
      name,
      description: {
        title: saidOrNothing(title),
        description: said(description),
        icons: dataIn(icons),
        mimeType: saidOrNothing(mimeType),
      },
    })),
    prompts: prompts.map(({ name, title, description, icons, arguments: args }) => ({
      name,
      description: {
        title: saidOrNothing(title),
        description: said(description),
        icons: dataIn(icons),
        arguments: args.map(argumentView),
      },
    })),
  }
}

function argumentView({ name, title, description, required }: PromptModel['arguments'][number]): object {
  return { name, title: title ?? undefined, description: description ?? undefined, required }
}

function wireOf({ wire }: SchemaModel): object {
  return { schema: wire.schema, wrapped: wire.wrapped }
}
