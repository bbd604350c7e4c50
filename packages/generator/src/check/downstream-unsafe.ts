import type { DownstreamFact } from '../analyse/facts.js'
import { type Diagnostic, diagnostic, type Place } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { ItemModel } from '../model/server-model.js'
import { tokenExchangesOf } from '../model/token-exchanges.js'
import type { Rule } from './rule.js'
import { isScopeToken } from './scope-token.js'

/** What bounds nothing, or what an authorization server could take for something else. */
export const downstreamUnsafe: Rule = ({ model }) => {
  const isEntra = tokenExchangesOf(model.server).some(({ value }) => value.form === 'entra-obo')
  return itemsOf(model).flatMap((item) => (item.downstream === null ? [] : findings(item, item.downstream, isEntra)))
}

function findings(
  item: ItemModel,
  { value: services, place }: NonNullable<ItemModel['downstream']>,
  isEntra: boolean,
): readonly Diagnostic[] {
  const finding = (at: Place, problem: string | null): readonly Diagnostic[] =>
    problem === null ? [] : [diagnostic('downstream-unsafe', at, { item: nameOf(item), problem })]
  if (services.length === 0) return finding(place, 'names no service')
  return services.flatMap((service, index) => {
    const { name, scopes } = service
    const isNamedBefore = services.slice(0, index).some((other) => other.name.value === name.value)
    return [
      ...finding(name.place, nameProblem(service, isEntra) ?? (isNamedBefore ? `names '${name.value}' twice` : null)),
      ...(scopes.length === 0 ? finding(service.place, `names no scope of '${name.value}'`) : []),
      ...scopes.flatMap((scope, at) => {
        const isRepeated = scopes.slice(0, at).some((other) => other.value === scope.value)
        return finding(scope.place, scopeProblem(scope.value) ?? (isRepeated ? `names '${scope.value}' twice` : null))
      }),
    ]
  })
}

function nameProblem({ kind, name: { value } }: DownstreamFact, isEntra: boolean): string | null {
  if (value === '' || /[\s\p{Cc}\p{Cf}]/u.test(value))
    return `names a service '${value}', which is empty or has spaces in it`
  if (value.includes('*')) return `names a service '${value}', and services are compared as they are`
  if (kind === 'audience') return null
  if (isEntra) return `names a resource '${value}', and Microsoft Entra knows audiences only`
  // RFC 8707, section 2.
  if (!URL.canParse(value)) return `names a resource '${value}', which is no absolute URL`
  return value.includes('#') ? `names a resource '${value}', which has a fragment` : null
}

function scopeProblem(scope: string): string | null {
  return isScopeToken(scope) ? null : `names a scope '${scope}', which is none (RFC 6749, section 3.3)`
}
