import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { isSecret, settingsOf } from './settings.js'

export const secretWrittenDown: Rule = ({ model: { server } }) =>
  settingsOf(server).flatMap(({ setting, value, place }) =>
    isSecret(setting) && settingValue(value) !== null ? [diagnostic('secret-written-down', place, { setting })] : [],
  )
