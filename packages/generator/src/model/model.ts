import type {
  Facts,
  PromptFacts,
  ResourceFacts,
  SchemaFact,
  ScopeFacts,
  ToolFacts,
  VariableFact,
} from '../analyse/facts.js'
import { freeze } from './freeze.js'
import { itemName } from './item-name.js'
import { byCodeUnits } from './order.js'
import { promptArguments } from './prompt-arguments.js'
import { satisfiedScopes } from './satisfied-scopes.js'
import type {
  ItemModel,
  PromptModel,
  ResourceModel,
  SchemaModel,
  ScopeModel,
  ServerModel,
  ToolModel,
} from './server-model.js'
import { readUriTemplate } from './uri-template.js'
import { NO_ARGUMENTS, toWireSchema } from './wire-schema.js'

/** Resolves what is written into what is meant. It refuses nothing. */
export function model({ server, services, tools, resources, prompts }: Facts): ServerModel {
  const declared = server === null || typeof server.scopes === 'string' ? [] : server.scopes.value
  return freeze({
    server,
    services,
    scopes: scopeModels(declared),
    tools: tools.map(toolModel).sort(byName),
    resources: resources.map(resourceModel).sort(byName),
    prompts: prompts.map(promptModel).sort(byName),
  })
}

function byName(a: ItemModel, b: ItemModel): number {
  return byCodeUnits(a.name, b.name) || byCodeUnits(a.module, b.module)
}

function scopeModels(declared: readonly ScopeFacts[]): readonly ScopeModel[] {
  const satisfied = satisfiedScopes(declared)
  return declared.map((scope) => ({ ...scope, satisfies: satisfied.get(scope.name) ?? [] }))
}

function toolModel(tool: ToolFacts): ToolModel {
  return {
    ...tool,
    kind: 'tool',
    name: itemName(tool.module),
    input: tool.input === null ? { place: tool.place, declared: null, wire: NO_ARGUMENTS } : schemaModel(tool.input),
    output: tool.output === null ? null : schemaModel(tool.output),
  }
}

function resourceModel(resource: ResourceFacts): ResourceModel {
  const { module, place, uri, variables } = resource
  return {
    ...resource,
    kind: 'resource',
    name: itemName(module),
    template: typeof uri === 'string' ? null : readUriTemplate(uri.value),
    input: { place, declared: null, wire: variablesWire(variables ?? []) },
  }
}

/** The variables as one object, for whoever fills them in by a form. */
function variablesWire(variables: readonly VariableFact[]): SchemaModel['wire'] {
  if (variables.length === 0) return NO_ARGUMENTS
  const properties = Object.fromEntries(variables.map(({ name, schema }) => [name, schema ?? { type: 'string' }]))
  const required = variables.map(({ name }) => name)
  return { schema: { type: 'object', properties, required, additionalProperties: false }, wrapped: null }
}

function promptModel(prompt: PromptFacts): PromptModel {
  const { module, place, arguments: declared } = prompt
  const input = declared === null ? { place, declared: null, wire: NO_ARGUMENTS } : schemaModel(declared)
  return { ...prompt, kind: 'prompt', name: itemName(module), input, arguments: promptArguments(input.wire) }
}

function schemaModel({ place, schema }: SchemaFact): SchemaModel {
  return { place, declared: schema, wire: schema === null ? NO_ARGUMENTS : toWireSchema(schema) }
}
