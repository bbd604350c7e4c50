import { isDeepStrictEqual } from 'node:util'
import { type Diagnostic, diagnostic, type Place, startOf } from '../diagnostics/diagnostic.js'
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
  /** One for each change that is looser, and one if the lock cannot be read, or was taken away. */
  readonly diagnostics: readonly Diagnostic[]
  /** The text of the lock that says what the model says. */
  readonly text: string
}

/** `isExpected`: whether a lock has to be there, because a build was here before. */
export async function review(
  projectDirectory: string,
  model: ServerModel,
  { isExpected }: { readonly isExpected: boolean } = { isExpected: false },
): Promise<Review> {
  const now = lockOf(model)
  const text = printLock(now)
  const existing = readExistingLock(projectDirectory, LOCK_FILE)
  if (existing.kind === 'missing') {
    const diagnostics = isExpected ? [diagnostic('lock-missing', startOf(LOCK_FILE), {})] : []
    return { state: 'missing', changes: [], diagnostics, text }
  }
  // What nobody laid out anew need not be read: it says the same.
  if (existing.kind === 'file' && existing.text === text) return current(text)
  if (existing.kind === 'other') return unreadable('is no regular file', text)
  const read = await readLock(existing.text)
  return read.lock === null ? unreadable(read.problem, text, read.place) : compared(read.lock, now, model, text)
}

function current(text: string): Review {
  return { state: 'current', changes: [], diagnostics: [], text }
}

function unreadable(problem: string, text: string, place: Place = startOf(LOCK_FILE)): Review {
  return { state: 'unreadable', changes: [], diagnostics: [diagnostic('lock-unreadable', place, { problem })], text }
}

function compared(lock: AccessLock, now: AccessLock, model: ServerModel, text: string): Review {
  if (isDeepStrictEqual(lock, now)) return current(text)
  const changes = compareLocks(lock, now)
  const diagnostics = changes.filter(isLooser).map((change) => {
    const { subject } = change
    const params = { subject: subjectInWords(subject), change: changeInWords(change) }
    return diagnostic('access-looser', placeOf(change, model), params)
  })
  return { state: 'behind', changes, diagnostics, text }
}
