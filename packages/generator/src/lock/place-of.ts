import type { ConditionsFact, Fact } from '../analyse/facts.js'
import { type Place, startOf } from '../diagnostics/diagnostic.js'
import { SERVER_MODULE } from '../load/layout.js'
import type { ItemModel, ServerModel } from '../model/server-model.js'
import { said } from '../render/said.js'
import type { Change } from './change.js'

/** Where in the source it is written what changed, or the nearest place to it. */
export function placeOf({ subject: { kind, name }, aspect }: Change, model: ServerModel): Place {
  const { server, scopes, tools, resources, prompts } = model
  switch (kind) {
    case 'audience':
      return placeOfFact(server?.resource) ?? startOf(SERVER_MODULE)
    case 'issuer':
      return placeOfIssuer(model) ?? startOf(SERVER_MODULE)
    case 'scope':
      return scopes.find((scope) => scope.name === name)?.place ?? placeOfFact(server?.scopes) ?? startOf(SERVER_MODULE)
    case 'tool': {
      const tool = tools.find((item) => item.name === name)
      return (aspect.endsWith('Hint') ? tool?.annotations?.place : undefined) ?? placeOfItem(tool, aspect)
    }
    case 'resource':
      return placeOfItem(
        resources.find(({ uri }) => said(uri) === name),
        aspect,
      )
    case 'prompt':
      return placeOfItem(
        prompts.find((item) => item.name === name),
        aspect,
      )
  }
}

function placeOfIssuer({ server }: ServerModel): Place | null {
  if (server === null || typeof server.auth === 'string') return null
  return server.auth.value.issuer?.place ?? server.auth.place
}

function placeOfFact(fact: Fact<unknown> | undefined): Place | null {
  return fact === undefined || typeof fact === 'string' ? null : fact.place
}

function placeOfItem(item: ItemModel | undefined, aspect: string): Place {
  return (
    placeOfDownstream(item, aspect) ?? placeOfCondition(item, aspect) ?? item?.access.place ?? startOf(SERVER_MODULE)
  )
}

/** Nothing where the service is gone. */
function placeOfDownstream(item: ItemModel | undefined, aspect: string): Place | null {
  return item?.downstream?.value.find(({ name }) => aspect === `downstream ${name.value}`)?.place ?? null
}

/** Nothing where the condition is gone. */
function placeOfCondition(item: ItemModel | undefined, aspect: string): Place | null {
  if (item === undefined || !Object.hasOwn(item.conditions, aspect)) return null
  const condition = item.conditions[aspect as keyof ConditionsFact]
  return condition === null ? null : 'place' in condition ? condition.place : condition
}
