/** What `limits` of a server may say, and what holds if they do not; null: no limit. The runtime knows the same. */
export const SERVER_LIMIT_DEFAULTS: Readonly<Record<string, number | null>> = {
  perSubject: 6000,
  perClient: 60_000,
  perAddress: 60_000,
  refusedPerAddress: 600,
  concurrentPerSubject: 128,
  secondsPerCall: 600,
  perTool: null,
}

/** What `limits` of a server may say. */
export const SERVER_LIMITS: readonly string[] = Object.keys(SERVER_LIMIT_DEFAULTS)

/** What `limits` of a tool may say, and the limit of the server that holds if they do not. */
export const TOOL_LIMIT_DEFAULTS: Readonly<Record<string, string>> = { perMinute: 'perTool', seconds: 'secondsPerCall' }

/** What `limits` of a tool may say. */
export const TOOL_LIMITS: readonly string[] = Object.keys(TOOL_LIMIT_DEFAULTS)

export const LARGEST_LIMIT = 1_000_000
