import type { Extras } from './server-model.js'

/** A file is generated only for a project that declares what the file imports: it has to compile. */
export function extrasFor(packages: readonly string[]): Extras {
  const declares = (name: string) => packages.includes(name)
  return {
    accessTest: declares('vitest') && declares('@mcp-secure/testing'),
    client: declares('@mcp-secure/client'),
  }
}
