import type {
  Facts,
  JsonSchema,
  PromptFacts,
  ResourceFacts,
  SchemaFact,
  ScopeFacts,
  ServerFacts,
  ToolFacts,
  VariableFact,
} from '../analyse/facts.js'
import { CLIENT_IDS, type ClientId, isClientId } from './clients.js'
import { extrasFor } from './extras.js'
import { freeze } from './freeze.js'
import { itemName } from './item-name.js'
import { byCodeUnits } from './order.js'
import { portableSchema } from './portable/portable-schema.js'
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
import { NO_ARGUMENTS, rawWireSchema, toWireSchema } from './wire-schema.js'

/** Resolves what is written into what is meant. It refuses nothing. */
export function model({ server, services, tools, resources, prompts, packages }: Facts): ServerModel {
  const declared = server === null || typeof server.scopes === 'string' ? [] : server.scopes.value
  return freeze({
    extras: extrasFor(packages),
    server,
    services,
    clients: clientsOf(server),
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
    input:
      tool.input === null
        ? { place: tool.place, declared: null, wire: NO_ARGUMENTS }
        : schemaModel(tool.input, 'input'),
    output: tool.output === null ? null : schemaModel(tool.output, 'output'),
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
  const properties = Object.fromEntries(variables.map((variable) => [variable.name, variableSchema(variable)]))
  const required = variables.map(({ name }) => name)
  return { schema: { type: 'object', properties, required, additionalProperties: false }, wrapped: null }
}

function variableSchema({ schema, isRaw }: VariableFact): JsonSchema {
  if (schema === null) return { type: 'string' }
  return isRaw ? schema : portableSchema(schema, 'input')
}

function promptModel(prompt: PromptFacts): PromptModel {
  const { module, place, arguments: declared } = prompt
  const input = declared === null ? { place, declared: null, wire: NO_ARGUMENTS } : schemaModel(declared, 'input')
  return { ...prompt, kind: 'prompt', name: itemName(module), input, arguments: promptArguments(input.wire) }
}

function clientsOf(server: ServerFacts | null): readonly ClientId[] {
  if (server === null || typeof server.clients === 'string') return CLIENT_IDS
  return server.clients.value.map(({ value }) => value).filter(isClientId)
}

function schemaModel({ place, schema, isRaw }: SchemaFact, side: 'input' | 'output'): SchemaModel {
  if (schema === null) return { place, declared: null, wire: NO_ARGUMENTS }
  return {
    place,
    declared: schema,
    wire: isRaw ? rawWireSchema(schema) : toWireSchema(portableSchema(schema, side), side),
  }
}
