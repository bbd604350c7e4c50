// The memory of a process and its children together, as Linux counts it.
import { readFileSync } from 'node:fs'

/** How often it is looked at, in milliseconds. */
const EVERY = 5

/**
 * Adds up the resident memory of the whole process tree at every look and keeps
 * the most. Pages that processes share, such as Node itself, are counted once
 * for each of them, so that this is more than they take together. Elsewhere than
 * on Linux it says null.
 */
export function peakMemory(pid) {
  let most = 0
  const look = () => {
    const now = residentKilobytes(pid)
    if (now > most) most = now
  }
  const timer = setInterval(look, EVERY)
  return {
    stop() {
      clearInterval(timer)
      return most === 0 ? null : most / 1024
    },
  }
}

function residentKilobytes(pid) {
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + residentKilobytes(child), own)
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
