import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** OpenID Connect Core sections 3.1.2.1, 5.4 and 11. */
const RESERVED = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access'])

export const reservedScope: Rule = ({ model }) =>
  model.scopes
    .filter(({ name }) => RESERVED.has(name))
    .map(({ name, place }) => diagnostic('reserved-scope', place, { scope: name }))
