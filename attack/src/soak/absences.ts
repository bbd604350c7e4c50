import type { Program } from '../world/program.js'

/** When one process could not share what it learned, by what it says itself: milliseconds since the epoch. */
export interface Absence {
  readonly from: number
  to: number
}

/** Milliseconds that a command waits in vain before a process says that it is alone. */
const NOTICED_AFTER = 1_000
/** Milliseconds in which what it saw meanwhile is told. */
const TOLD_AFTER = 1_000

/** Watches since when and until when each process was alone. The list goes on being filled. */
export function watchAbsences(programs: readonly Program[]): readonly Absence[] {
  const absences: Absence[] = []
  for (const program of programs) {
    let open: Absence | undefined
    program.onLine((line) => {
      const [, time = ''] = /"time":(\d+)/.exec(line) ?? []
      if (line.includes('"the shared state is away')) {
        open = { from: Number(time), to: Number.POSITIVE_INFINITY }
        absences.push(open)
      } else if (line.includes('"the shared state is back') && open !== undefined) open.to = Number(time)
    })
  }
  return absences
}

/** Whether a request was on its way while a process was alone. */
export function wasAlone(absences: readonly Absence[], sent: number, answered: number): boolean {
  return absences.some(({ from, to }) => answered >= from - NOTICED_AFTER && sent <= to + TOLD_AFTER)
}
