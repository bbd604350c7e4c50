/**
 * A value that is read from the environment when the server boots, so that one
 * build runs in every place. It is data: nothing is read where it is written.
 */
export interface EnvSetting {
  /** The name of the environment variable. */
  readonly env: string
  /** What to use when the variable is unset and `NODE_ENV` is `development` or `test`. */
  readonly development?: string
}

/** A value known when the spec is written, or one from the environment. */
export type Setting = string | EnvSetting

export interface EnvOptions {
  /**
   * What to use when the variable is unset and `NODE_ENV` is `development` or
   * `test`. In every other environment a missing variable stops the boot.
   */
  readonly development?: string
}

/**
 * Names an environment variable that the server reads at boot.
 *
 * @example
 * resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' })
 */
export function env(name: string, options: EnvOptions = {}): EnvSetting {
  return { env: name, ...options }
}
