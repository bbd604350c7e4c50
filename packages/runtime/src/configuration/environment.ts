/** The environment variables that a server reads at boot. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Whether development values apply: only when somebody said so, never by default. */
export function isDevelopment(environment: Environment): boolean {
  return environment.NODE_ENV === 'development' || environment.NODE_ENV === 'test'
}
