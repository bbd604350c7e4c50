import type { Setting } from '../definition.js'

export type Resolved = { readonly value: string } | { readonly problem: string }

/**
 * The value of a setting at boot, or what to tell the person who starts the
 * server. Development values apply: the server starts in development only.
 */
export function resolveSetting(setting: Setting, meaning: string, environment: NodeJS.ProcessEnv): Resolved {
  if (typeof setting === 'string') return { value: setting }
  const value = environment[setting.env]?.trim() || setting.development
  return value === undefined ? { problem: `${setting.env} is not set.\n${meaning}` } : { value }
}
