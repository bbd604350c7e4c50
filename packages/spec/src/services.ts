import type { Changes } from './changes.js'

/** What services are opened with. */
export interface Boot {
  /** Tells subscribers what changed, for changes that come from elsewhere: a database, a queue. */
  readonly changes: Changes
}

type Open = (boot: Boot) => object | Promise<object>

/** What handlers share: opened once at boot, closed once at shutdown. */
export interface ServicesSpec<O extends Open = Open> {
  /**
   * Opens every service. If it throws, the server does not start. It keeps the
   * type that it was written with: what takes no argument needs none in a test.
   */
  readonly open: O
  /** Closes them, after the last request was answered. */
  close?(services: Awaited<ReturnType<O>>): void | Promise<void>
}

/** Declares the services; the default export of `mcp/services.ts`. */
export function defineServices<O extends Open>(services: ServicesSpec<O>): ServicesSpec<O> {
  return services
}
