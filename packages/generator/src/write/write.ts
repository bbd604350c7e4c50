import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { onDisk } from '../load/layout.js'
import type { WritePlan, WriteStep } from './plan.js'

/** A step that the disk refused; the steps after it were not tried. */
export interface WriteFailure {
  readonly path: string
  readonly problem: string
}

/** Carries out a plan. Every file is replaced as a whole or not at all. */
export function write(projectDirectory: string, plan: WritePlan): WriteFailure | null {
  for (const step of plan) {
    try {
      carryOut(step, onDisk(projectDirectory, step.path))
    } catch (error) {
      if (!isSystemError(error)) throw error
      return { path: step.path, problem: error.code }
    }
  }
  return null
}

function carryOut(step: WriteStep, target: string): void {
  if (step.action === 'write') replace(target, step.text)
  if (step.action === 'remove') rmSync(target)
}

/** The temporary file stands beside its target: a rename does not cross devices. */
function replace(target: string, text: string): void {
  mkdirSync(dirname(target), { recursive: true })
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, text)
    rename(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** On Windows a reader, such as an editor or a virus scanner, can hold the target for a moment. */
const RENAME_ATTEMPTS = 5
const BUSY = new Set(['EACCES', 'EBUSY', 'EPERM'])

function rename(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const isBusy = process.platform === 'win32' && isSystemError(error) && BUSY.has(error.code)
      if (!isBusy || attempt === RENAME_ATTEMPTS) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 * attempt)
    }
  }
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
