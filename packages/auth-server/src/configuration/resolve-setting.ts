import type { Setting } from '../definition.js'

export type Resolved = { readonly value: string } | { readonly problem: string }

/** The value of a setting at boot, or what to tell the person who starts the server. */
export function resolveSetting(setting: Setting, meaning: string, environment: NodeJS.ProcessEnv): Resolved {
  if (typeof setting === 'string') return { value: setting }
  const value = environment[setting.env]?.trim()
  if (value) return { value }
  const development = environment.NODE_ENV === 'development' || environment.NODE_ENV === 'test'
  if (development && setting.development !== undefined) return { value: setting.development }
  const cure = setting.development === undefined ? '' : `\nFor development, start with NODE_ENV=development.`
  return { problem: `${setting.env} is not set.\n${meaning}${cure}` }
}
