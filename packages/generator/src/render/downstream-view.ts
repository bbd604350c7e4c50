import type { ItemFacts } from '../analyse/facts.js'
import { byCodeUnits } from '../model/order.js'

/** A service that a handler gets tokens for, in the shape that the policy of the runtime has. */
export type DownstreamView = { readonly scopes: readonly string[] } & (
  | { readonly audience: string; readonly resource?: never }
  | { readonly resource: string; readonly audience?: never }
)

/** In the order of the alphabet: the order of the source means nothing. */
export function downstreamView(downstream: ItemFacts['downstream']): readonly DownstreamView[] {
  return (downstream?.value ?? [])
    .map(({ kind, name, scopes }): DownstreamView => {
      const sorted = scopes.map(({ value }) => value).sort(byCodeUnits)
      return kind === 'audience' ? { audience: name.value, scopes: sorted } : { resource: name.value, scopes: sorted }
    })
    .sort((a, b) => byCodeUnits(serviceOf(a), serviceOf(b)))
}

/** What the service is called. */
export function serviceOf(view: DownstreamView): string {
  return view.audience ?? view.resource
}

/** The same for people, each in a few words. */
export function downstreamInWords(views: readonly DownstreamView[]): readonly string[] {
  return views.map((view) => `calls ${serviceOf(view)} in the caller's name with ${view.scopes.join(', ')}`)
}
