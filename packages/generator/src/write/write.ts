import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ExistingFile } from '../load/existing-output.js'
import { GENERATED_DIRECTORY, onDisk } from '../load/layout.js'
import { isSystemError } from '../load/system-error.js'
import { type Disk, realDisk } from './disk.js'
import type { WritePlan, WriteStep } from './plan.js'

/** A step that the disk refused; what stood there before the plan stands there again. */
export interface WriteFailure {
  readonly path: string
  readonly problem: string
}

/**
 * Carries out a plan, all of it or nothing: every text is on the disk beside its
 * target before the first target is replaced, and what was replaced comes back
 * if a later one cannot be. A reader finds each file whole at every moment.
 */
export function write(projectDirectory: string, plan: WritePlan, disk: Disk = realDisk): WriteFailure | null {
  const steps = plan.filter(({ action }) => action !== 'unchanged')
  const undo: (() => void)[] = []
  for (const phase of [stage, keep, carryOut]) {
    for (const step of steps) {
      try {
        phase(step, onDisk(projectDirectory, step.path), disk, undo)
      } catch (error) {
        if (!isSystemError(error)) throw error
        for (const action of undo.reverse()) attempt(action)
        return { path: step.path, problem: error.code }
      }
    }
  }
  for (const { path } of steps) attempt(() => disk.remove(before(onDisk(projectDirectory, path))))
  return null
}

type Phase = (step: WriteStep, target: string, disk: Disk, undo: (() => void)[]) => void

/** The temporary file stands beside its target: a rename does not cross devices. */
const stage: Phase = (step, target, disk, undo) => {
  if (step.action !== 'write') return
  const folder = dirname(target)
  if (disk.makeFolder(folder)) undo.push(() => disk.removeFolder(folder))
  undo.push(() => disk.remove(after(target)))
  disk.writeFile(after(target), step.text)
}

const keep: Phase = (_step, target, disk, undo) => {
  if (!existsSync(target)) return
  undo.push(() => disk.remove(before(target)))
  disk.keep(target, before(target))
}

const carryOut: Phase = (step, target, disk, undo) => {
  const isReplaced = existsSync(target)
  if (step.action === 'write') disk.rename(after(target), target)
  else disk.remove(target)
  undo.push(() => (isReplaced ? disk.rename(before(target), target) : disk.remove(target)))
}

function after(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
}

function before(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.old.tmp`)
}

const LEFT_OVER = /^\.[\w-]+(?:\.gen)?\.(?:ts|md)\.\d+(?:\.old)?\.tmp$/

/** Whether a file of `generated/` was left by a build that was killed, in the words of a path of the project. */
export function isLeftOver(path: string): boolean {
  return path.startsWith(`${GENERATED_DIRECTORY}/`) && LEFT_OVER.test(path.slice(GENERATED_DIRECTORY.length + 1))
}

export function removeLeftOvers(projectDirectory: string, existing: readonly ExistingFile[], disk: Disk): void {
  for (const { path, text } of existing) {
    if (text !== null && isLeftOver(path)) attempt(() => disk.remove(onDisk(projectDirectory, path)))
  }
}

/** What is cleaned up may be held by the same cause that made cleaning up necessary. */
export function attempt(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}
