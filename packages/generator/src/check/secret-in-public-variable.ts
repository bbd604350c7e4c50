import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { isSecret, settingsOf } from './settings.js'

/** Front-end tools write the values of variables with these prefixes into what browsers load. */
const PUBLISHED = /^(?:next_public|nuxt_public|expo_public|gatsby|public|react_app|storybook|vite|vue_app)_/i

export const secretInPublicVariable: Rule = ({ model: { server } }) =>
  settingsOf(server).flatMap(({ setting, value, place }) =>
    isSecret(setting) && value.kind === 'env' && PUBLISHED.test(value.name)
      ? [diagnostic('secret-in-public-variable', place, { name: value.name, setting })]
      : [],
  )
