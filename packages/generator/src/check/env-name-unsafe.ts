import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingsOf } from './settings.js'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

export const envNameUnsafe: Rule = ({ model: { server } }) =>
  settingsOf(server).flatMap(({ value, place }) =>
    value.kind === 'env' && (!NAME.test(value.name) || value.name === '__proto__')
      ? [diagnostic('env-name-unsafe', place, { name: value.name })]
      : [],
  )
