import type { Facts, SchemaFact, ScopeFacts, ToolFacts } from '../analyse/facts.js'
import { extrasFor } from './extras.js'
import { freeze } from './freeze.js'
import { byCodeUnits } from './order.js'
import { satisfiedScopes } from './satisfied-scopes.js'
import type { SchemaModel, ScopeModel, ServerModel, ToolModel } from './server-model.js'
import { toolName } from './tool-name.js'
import { NO_ARGUMENTS, toWireSchema } from './wire-schema.js'

/** Resolves what is written into what is meant. It refuses nothing. */
export function model({ server, services, tools, packages }: Facts): ServerModel {
  const declared = server === null || typeof server.scopes === 'string' ? [] : server.scopes.value
  return freeze({
    extras: extrasFor(packages),
    server,
    services,
    scopes: scopeModels(declared),
    tools: tools.map(toolModel).sort((a, b) => byCodeUnits(a.name, b.name) || byCodeUnits(a.module, b.module)),
  })
}

function scopeModels(declared: readonly ScopeFacts[]): readonly ScopeModel[] {
  const satisfied = satisfiedScopes(declared)
  return declared.map((scope) => ({ ...scope, satisfies: satisfied.get(scope.name) ?? [] }))
}

function toolModel(tool: ToolFacts): ToolModel {
  return {
    ...tool,
    name: toolName(tool.module),
    input: tool.input === null ? { place: tool.place, declared: null, wire: NO_ARGUMENTS } : schemaModel(tool.input),
    output: tool.output === null ? null : schemaModel(tool.output),
  }
}

function schemaModel({ place, schema }: SchemaFact): SchemaModel {
  return { place, declared: schema, wire: schema === null ? NO_ARGUMENTS : toWireSchema(schema) }
}
