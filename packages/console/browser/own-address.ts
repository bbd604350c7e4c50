/**
 * Where this page asks for something of the resource's server: the same path
 * of its own origin, whichever of its names the page was opened under.
 */
export function ownAddress(address: string, resource: string, ownOrigin: string): string {
  const { origin, pathname, search } = new URL(address)
  return origin === new URL(resource).origin ? `${ownOrigin}${pathname}${search}` : address
}
