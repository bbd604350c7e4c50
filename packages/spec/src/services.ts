import type { Changes } from './changes.js'

/** What services are opened with. */
export interface Boot {
  /** Tells subscribers what changed, for changes that come from elsewhere: a database, a queue. */
  readonly changes: Changes
}

/** What handlers share: opened once at boot, closed once at shutdown. */
export interface ServicesSpec<S> {
  /** Opens every service. If it throws, the server does not start. */
  open(boot: Boot): S | Promise<S>
  /** Closes them, after the last request was answered. */
  close?(services: S): void | Promise<void>
}

/** Declares the services; the default export of `mcp/services.ts`. */
export function defineServices<S extends object>(services: ServicesSpec<S>): ServicesSpec<S> {
  return services
}
