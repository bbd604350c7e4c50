/** How much longer one of two may take. */
const MOST_RATIO = 1.5

/** The times that two kinds of request took, in milliseconds, measured by turns. */
export interface Times {
  readonly there: readonly number[]
  readonly nowhere: readonly number[]
}

export interface Judgement {
  /** Milliseconds: half of the answers took less. */
  readonly there: number
  readonly nowhere: number
  /** The longer by the shorter. */
  readonly ratio: number
  readonly isTold: boolean
}

/** Whether the times tell the two apart. Medians, because what else the machine does shows in a few and not in half. */
export function judgeTiming(times: Times): Judgement {
  const [there, nowhere] = [median(times.there), median(times.nowhere)]
  const ratio = Math.max(there, nowhere) / Math.min(there, nowhere)
  return { there, nowhere, ratio, isTold: !(ratio <= MOST_RATIO) }
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
