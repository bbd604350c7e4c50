export type State = 'ok' | 'warning' | 'failure'

/** What one check found, in words of ours; what somebody else said in them is quoted. */
export interface Finding {
  /** The check that found it, such as `challenge`. */
  readonly check: string
  readonly state: State
  /** What is so, and why that matters. One line. */
  readonly text: string
  /** What to do about it; null where there is nothing to do. One line. */
  readonly cure: string | null
}

/** What belongs together: the project, the server, one authorization server. */
export interface Group {
  readonly title: string
  readonly findings: readonly Finding[]
}

/** What a check found wrong, or what it says if nothing is. */
export type Problem = Pick<Finding, 'state' | 'text' | 'cure'>

export function warning(text: string, cure: string): Problem {
  return { state: 'warning', text, cure }
}

export function failure(text: string, cure: string): Problem {
  return { state: 'failure', text, cure }
}

/** One finding a problem; without a problem one that says what is fine. */
export function findings(check: string, problems: readonly Problem[], fine: string): readonly Finding[] {
  const found: readonly Problem[] = problems.length > 0 ? problems : [{ state: 'ok', text: fine, cure: null }]
  return found.map((problem) => ({ check, ...problem }))
}
