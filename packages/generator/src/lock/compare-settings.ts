import type { Setting } from '../render/policy-view.js'
import type { Change, Effect, Subject } from './change.js'

/** An address, or the variable that holds it. */
export function settingName(setting: Setting): string {
  return typeof setting === 'string' ? setting : setting.env
}

/** The value for development alone. Another one is one more that is trusted, if only there. */
export function compareDevelopment(subject: Subject, before: Setting, after: Setting): readonly Change[] {
  const was = developmentOf(before)
  const is = developmentOf(after)
  if (was === is) return []
  const effect: Effect = is === null ? 'tighter' : 'looser'
  return [{ effect, breaks: false, subject, aspect: 'value in development', before: was, after: is }]
}

function developmentOf(setting: Setting): string | null {
  return typeof setting === 'string' ? null : (setting.development ?? null)
}
