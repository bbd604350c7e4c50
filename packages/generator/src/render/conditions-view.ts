import type { ConditionsFact, SettingFact } from '../analyse/facts.js'
import { type OnlyForView, onlyForInWords, onlyForView } from './only-for-view.js'
import type { Setting } from './policy-view.js'

/** What is asked for besides who may use an item, in the shape that the policy of the runtime has; nothing by default. */
export interface ConditionsView {
  readonly whenDenied?: 'hide'
  readonly onlyFor?: OnlyForView
  readonly freshLogin?: { readonly maxAgeSeconds: number }
  readonly acr?: readonly string[]
  readonly argumentScopes?: readonly string[]
  readonly authorize?: true
}

/** `issuerNamed` is how the policy writes an issuer that an item names. */
export function conditionsView(
  { whenDenied, onlyFor, freshLogin, acr, argumentScopes, authorize }: ConditionsFact,
  issuerNamed: (named: SettingFact) => Setting,
): ConditionsView {
  return {
    ...(whenDenied?.value === 'hide' ? { whenDenied: 'hide' } : {}),
    ...(onlyFor === null ? {} : { onlyFor: onlyForView(onlyFor.value, issuerNamed) }),
    ...(freshLogin === null ? {} : { freshLogin: { maxAgeSeconds: freshLogin.value.maxAgeSeconds } }),
    ...(acr === null ? {} : { acr: acr.value }),
    ...(argumentScopes === null ? {} : { argumentScopes: argumentScopes.value.map(({ value }) => value) }),
    ...(authorize === null ? {} : { authorize: true }),
  }
}

/** The same for people, each in a few words. */
export function conditionsInWords({
  whenDenied,
  onlyFor,
  freshLogin,
  acr,
  argumentScopes,
  authorize,
}: ConditionsView): readonly string[] {
  return [
    ...(argumentScopes === undefined ? [] : [`depending on its arguments also ${argumentScopes.join(', ')}`]),
    ...(whenDenied === undefined ? [] : ['hidden from everybody else']),
    ...(onlyFor === undefined ? [] : [`only for ${onlyForInWords(onlyFor)}`]),
    ...(freshLogin === undefined ? [] : [`after a login of the last ${freshLogin.maxAgeSeconds} seconds`]),
    ...(authorize === undefined ? [] : ['if its own rule about the object allows it']),
    ...(acr === undefined ? [] : [`after a login of level ${acr.join(' or ')}`]),
  ]
}
