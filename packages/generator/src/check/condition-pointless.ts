import { diagnostic, type Place } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { ItemModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** A condition that can never count, because of who may use the item: it protects less than it seems to. */
export const conditionPointless: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    pointless(item).flatMap(([condition, fact, problem]) =>
      fact === null ? [] : [diagnostic('condition-pointless', fact.place, { item: nameOf(item), condition, problem })],
    ),
  )

type Pointless = readonly [condition: string, fact: { readonly place: Place } | null, problem: string]

function pointless(item: ItemModel): readonly Pointless[] {
  return [...ofLevel(item), ...ofArguments(item), ...ofOnlyFor(item)]
}

function ofArguments({ kind, access, conditions: { argumentScopes } }: ItemModel): readonly Pointless[] {
  const what = 'argumentScopes'
  // Nothing else has such a property, and that was reported.
  if (kind !== 'tool') return []
  if (access.kind === 'public') return [[what, argumentScopes, 'everybody may use it, without a token']]
  return argumentScopes?.value.length === 0 ? [[what, argumentScopes, 'it declares no scope']] : []
}

function ofOnlyFor({ access: { kind }, conditions: { onlyFor } }: ItemModel): readonly Pointless[] {
  if (kind === 'public') return [['onlyFor', onlyFor, 'everybody may use it, without a token']]
  const isSilent = onlyFor !== null && Object.values(onlyFor.value).every((list) => list === null)
  return isSilent ? [['onlyFor', onlyFor, 'it names nobody']] : []
}

function ofLevel({ access: { kind }, conditions }: ItemModel): readonly Pointless[] {
  const { whenDenied, freshLogin, acr, authorize } = conditions
  if (kind === 'public') {
    const problem = 'everybody may use it, without a token'
    return [
      ['whenDenied', whenDenied, problem],
      ['freshLogin', freshLogin, problem],
      ['acr', acr, problem],
      ['authorize', authorize === null ? null : { place: authorize }, problem],
    ]
  }
  if (kind === 'authenticated') return [['whenDenied', whenDenied, 'every caller with a token may use it']]
  return []
}
