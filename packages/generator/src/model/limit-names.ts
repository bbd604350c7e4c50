/** What `limits` of a server may say; the runtime knows the same. */
export const SERVER_LIMITS: readonly string[] = [
  'perSubject',
  'perClient',
  'perAddress',
  'refusedPerAddress',
  'concurrentPerSubject',
  'secondsPerCall',
  'perTool',
]

/** What `limits` of a tool may say. */
export const TOOL_LIMITS: readonly string[] = ['perMinute', 'seconds']

export const LARGEST_LIMIT = 1_000_000
