import type { AuthFacts, Located, ServerFacts, SettingFact } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

export const envNameUnsafe: Rule = ({ model: { server } }) =>
  (server === null ? [] : settingsOf(server)).flatMap(({ value, place }) =>
    value.kind === 'env' && (!NAME.test(value.name) || value.name === '__proto__')
      ? [diagnostic('env-name-unsafe', place, { name: value.name })]
      : [],
  )

function settingsOf({ resource, auth }: ServerFacts): readonly Located<SettingFact>[] {
  return [
    ...(typeof resource === 'string' ? [] : [resource]),
    ...(typeof auth === 'string' ? [] : settingsOfAuth(auth.value)),
  ]
}

function settingsOfAuth(auth: AuthFacts): readonly Located<SettingFact>[] {
  const issuer = auth.issuer === null ? [] : [auth.issuer]
  if (auth.kind === 'embedded' || auth.introspection === null) return issuer
  const { clientId, secret, endpoint } = auth.introspection
  return [...issuer, ...[clientId, secret, endpoint].filter((setting) => setting !== null)]
}
