import { isDeepStrictEqual } from 'node:util'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { readExistingLock } from '../load/existing-lock.js'
import type { ServerModel } from '../model/server-model.js'
import { type AccessLock, LOCK_FILE } from './access-lock.js'
import { type Change, changeInWords, isLooser, subjectInWords } from './change.js'
import { compareLocks } from './compare-locks.js'
import { lockOf } from './lock-of.js'
import { placeOf } from './place-of.js'
import { printLock } from './print-lock.js'
import { readLock } from './read-lock.js'

/** A checked model, held against the lock of its project. */
export interface Review {
  readonly state: 'missing' | 'current' | 'behind' | 'unreadable'
  /** What changed since the lock was recorded, what is looser first. */
  readonly changes: readonly Change[]
  /** One for each change that is looser, and one if the lock cannot be read. */
  readonly diagnostics: readonly Diagnostic[]
  /** The text of the lock that says what the model says. */
  readonly text: string
}

export async function review(projectDirectory: string, model: ServerModel): Promise<Review> {
  const now = lockOf(model)
  const text = printLock(now)
  const existing = readExistingLock(projectDirectory, LOCK_FILE)
  if (existing.kind === 'missing') return { state: 'missing', changes: [], diagnostics: [], text }
  if (existing.kind === 'other') return unreadable('is no regular file', text)
  const { lock, ...found } = await readLock(existing.text)
  if (lock === null) return unreadable('problem' in found ? found.problem : '', text, found)
  return compared(lock, now, model, text)
}

function unreadable(problem: string, text: string, { place = startOf(LOCK_FILE) } = {}): Review {
  return { state: 'unreadable', changes: [], diagnostics: [diagnostic('lock-unreadable', place, { problem })], text }
}

function compared(lock: AccessLock, now: AccessLock, model: ServerModel, text: string): Review {
  const state = isDeepStrictEqual(lock, now) ? 'current' : 'behind'
  const changes = compareLocks(lock, now)
  const diagnostics = changes.filter(isLooser).map((change) => {
    const { subject } = change
    const params = { subject: subjectInWords(subject), change: changeInWords(change) }
    return diagnostic('access-looser', placeOf(change, model), params)
  })
  return { state, changes, diagnostics, text }
}
