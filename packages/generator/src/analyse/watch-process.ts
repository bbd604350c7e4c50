import { readFileSync } from 'node:fs'
import type { Place } from '../diagnostics/diagnostic.js'
import { onDisk } from '../load/layout.js'
import { createPlaceFinder } from '../load/named-paths.js'
import type { Evaluated, Unset } from './evaluation.js'

/** What a module does to the process that loads it, besides exporting something. */
export interface Witness {
  /** What comes from now on belongs to the next module. */
  forget(): void
  /** Whether a call would have ended the process, and which. */
  ended(): Evaluated | null
  /** The variables that files of the project read and that are not set. */
  unset(): readonly Unset[]
  /** Where in the project something was thrown. */
  placeOf(error: unknown): Place | null
}

/** More than a module needs to be told about. */
const MOST_UNSET = 20

/**
 * Notes calls that would end the process, with their place, instead of ending
 * it, and reads of variables that are not set. Whoever gets round this ends a
 * process that is made to be ended.
 */
export function watchProcess(directory: string): Witness {
  let ended: Evaluated | null = null
  let unset: Unset[] = []
  const places = createPlaces(directory)

  const stop = (exit: string): never => {
    const error = new Error('the module ends the process')
    ended ??= { kind: 'ended', exit, place: places.of(error) }
    throw error
  }
  process.exit = (code) => stop(`exit code ${code ?? process.exitCode ?? 0}`)
  process.abort = () => stop('SIGABRT')
  const kill = process.kill.bind(process)
  process.kill = (pid, signal) => {
    const isOurs = pid === process.pid || pid === process.ppid || pid <= 0
    return isOurs && signal !== 0 ? stop(String(signal ?? 'SIGTERM')) : kill(pid, signal)
  }
  process.env = new Proxy(process.env, {
    get(variables, name) {
      const value = Reflect.get(variables, name)
      if (value === undefined && typeof name === 'string' && unset.length < MOST_UNSET) {
        const place = places.ofCaller(new Error(name))
        if (place !== null) unset.push({ name, place })
      }
      return value
    },
    set: (variables, name, value) => Reflect.set(variables, name, value),
  })

  return {
    forget() {
      ended = null
      unset = []
    },
    ended: () => ended,
    unset: () => unset,
    placeOf: places.of,
  }
}

interface Places {
  /** The innermost place in the project. */
  of(error: unknown): Place | null
  /** The place that called the code in which the error was made, if that is in the project. */
  ofCaller(error: Error): Place | null
}

function createPlaces(directory: string): Places {
  const find = createPlaceFinder(directory)
  const framesOf = (error: unknown) =>
    stackOf(error)
      .split('\n')
      .filter((line) => FRAME.test(line))
  const placeOf = (frame: string): Place | null => {
    const found = find(frame)
    return found === null ? null : lineAt(onDisk(directory, found.path), found.path, found.line)
  }
  return {
    of(error) {
      for (const frame of framesOf(error)) {
        const place = placeOf(frame)
        if (place !== null) return place
      }
      return null
    },
    ofCaller(error) {
      const caller = framesOf(error).find((frame) => !frame.includes(import.meta.url))
      return caller === undefined ? null : placeOf(caller)
    },
  }
}

const FRAME = /^\s+at .*:\d+:\d+\)?$/

function stackOf(error: unknown): string {
  try {
    return error instanceof Error && typeof error.stack === 'string' ? error.stack : ''
  } catch {
    // Whatever is thrown may throw when it is looked at.
    return ''
  }
}

/** What runs has the lines of the source, but not its columns: the place is the whole line. */
function lineAt(file: string, path: string, line: number): Place | null {
  try {
    const text = readFileSync(file, 'utf8').split(/\r\n|\n/)[line - 1]
    if (text === undefined) return null
    const column = text.length - text.trimStart().length + 1
    return { file: path, line, column, length: Math.max(1, text.trim().length) }
  } catch {
    return null
  }
}
