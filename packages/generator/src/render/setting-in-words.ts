import type { Setting } from './policy-view.js'

/** In words: `MCP_RESOURCE of the environment`. */
export function settingInWords(setting: Setting): string {
  return typeof setting === 'string' ? setting : `${setting.env} of the environment`
}
