/** What handlers share: opened once at boot, closed once at shutdown. */
export interface ServicesSpec<S> {
  /** Opens every service. If it throws, the server does not start. */
  open(): S | Promise<S>
  /** Closes them, after the last request was answered. */
  close?(services: S): void | Promise<void>
}

/** Declares the services; the default export of `mcp/services.ts`. */
export function defineServices<S extends object>(services: ServicesSpec<S>): ServicesSpec<S> {
  return services
}
