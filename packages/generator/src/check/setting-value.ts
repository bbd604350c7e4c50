import type { SettingFact } from '../analyse/facts.js'

/** The value of a setting as far as it is known at build time. */
export function settingValue(
  setting: SettingFact,
): { readonly text: string; readonly kind: 'literal' | 'development' } | null {
  if (setting.kind === 'literal') return { text: setting.value, kind: 'literal' }
  return setting.development === null ? null : { text: setting.development, kind: 'development' }
}
