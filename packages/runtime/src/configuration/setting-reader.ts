import type { Setting } from '../definition.js'
import { ConfigurationError } from './configuration-error.js'
import { type Environment, isDevelopment } from './environment.js'
import { type Purpose, resolveSetting } from './resolve-setting.js'

/** Collects problems instead of stopping at the first, so that one start tells everything. */
export class SettingReader {
  readonly problems: Set<string> = new Set()
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  read(
    setting: Setting,
    purpose: Purpose,
    check?: (value: string, insecureAllowed: boolean) => string | undefined,
  ): string {
    const resolved = resolveSetting(setting, purpose, this.#environment)
    if ('problem' in resolved) {
      this.problems.add(resolved.problem)
      return ''
    }
    const wrong = check?.(resolved.value, isDevelopment(this.#environment))
    if (wrong !== undefined) {
      const name = resolved.by ?? (typeof setting === 'string' ? 'mcp/server.ts' : setting.env)
      const what = purpose.isSecret ? 'its value' : JSON.stringify(withoutUser(resolved.value))
      this.problems.add(`${name}: ${what} cannot be used.\n${purpose.meaning}\n${wrong}`)
    }
    return resolved.value
  }

  finish(): void {
    if (this.problems.size === 0) return
    const mode = this.#environment.NODE_ENV
    const hint = isDevelopment(this.#environment)
      ? undefined
      : `Development values apply only if NODE_ENV is "development" or "test"; it is ${mode ? JSON.stringify(mode) : 'not set'}.`
    throw new ConfigurationError([...this.problems], hint)
  }
}

/** What stands before the host of an address is a user, and may be a password. */
function withoutUser(address: string): string {
  return address.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#]*@/, '$1…@')
}
