import { settingInWords } from '../render/setting-in-words.js'
import type { AccessLock } from './access-lock.js'
import type { Change, Subject } from './change.js'
import { compareDevelopment, settingName } from './compare-settings.js'

/** Another audience: tokens are accepted that were not for this server. */
export function compareAudience({ audience: before }: AccessLock, { audience: after }: AccessLock): readonly Change[] {
  const subject: Subject = { kind: 'audience', name: settingName(after) }
  if (settingInWords(before) === settingInWords(after)) return compareDevelopment(subject, before, after)
  const words = { before: settingInWords(before), after: settingInWords(after) }
  return [{ effect: 'looser', breaks: false, subject, aspect: 'what tokens must be for', ...words }]
}
