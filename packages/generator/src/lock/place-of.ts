import type { ConditionsFact, Fact, SettingFact } from '../analyse/facts.js'
import { type Place, startOf } from '../diagnostics/diagnostic.js'
import { SERVER_MODULE } from '../load/layout.js'
import { issuerSetting, issuersOf } from '../model/issuers.js'
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
      return placeOfIssuer(name, model) ?? startOf(SERVER_MODULE)
    case 'scope':
      return scopes.find((scope) => scope.name === name)?.place ?? placeOfFact(server?.scopes) ?? startOf(SERVER_MODULE)
    case 'limit':
      return server?.limits?.find((limit) => limit.name === name)?.place ?? startOf(SERVER_MODULE)
    case 'tool': {
      const tool = tools.find((item) => item.name === name)
      const limit = tool?.limits?.find((one) => `limits.${one.name}` === aspect)
      const hint = aspect.endsWith('Hint') ? tool?.annotations : undefined
      return (limit ?? hint)?.place ?? placeOfItem(tool, aspect)
    }
    case 'resource': {
      const resource = resources.find(({ uri }) => said(uri) === name)
      return (aspect === 'subscribe' ? resource?.subscribe?.place : undefined) ?? placeOfItem(resource, aspect)
    }
    case 'prompt':
      return placeOfItem(
        prompts.find((item) => item.name === name),
        aspect,
      )
  }
}

/** Of one that is gone, where the others are. */
function placeOfIssuer(name: string, { server }: ServerModel): Place | null {
  const issuers = issuersOf(server)
  const issuer = issuers.find(({ value }) => nameOf(issuerSetting(value)) === name) ?? issuers[0]
  return issuer === undefined ? null : (issuer.value.issuer?.place ?? issuer.place)
}

function nameOf(setting: SettingFact): string {
  return setting.kind === 'literal' ? setting.value : setting.name
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
