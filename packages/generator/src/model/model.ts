import type { Facts, SchemaFact, ScopeFacts, ServerFacts, ToolFacts } from '../analyse/facts.js'
import { CLIENT_IDS, type ClientId, isClientId } from './clients.js'
import { freeze } from './freeze.js'
import { byCodeUnits } from './order.js'
import { portableSchema } from './portable/portable-schema.js'
import { satisfiedScopes } from './satisfied-scopes.js'
import type { SchemaModel, ScopeModel, ServerModel, ToolModel } from './server-model.js'
import { toolName } from './tool-name.js'
import { NO_ARGUMENTS, rawWireSchema, toWireSchema } from './wire-schema.js'

/** Resolves what is written into what is meant. It refuses nothing. */
export function model({ server, services, tools }: Facts): ServerModel {
  const declared = server === null || typeof server.scopes === 'string' ? [] : server.scopes.value
  return freeze({
    server,
    services,
    clients: clientsOf(server),
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
    input:
      tool.input === null
        ? { place: tool.place, declared: null, wire: NO_ARGUMENTS }
        : schemaModel(tool.input, 'input'),
    output: tool.output === null ? null : schemaModel(tool.output, 'output'),
  }
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
