import { useEffect, useState } from 'preact/hooks'

export const views = ['tools', 'access', 'call', 'decisions', 'connect'] as const
export type View = (typeof views)[number]

export interface Route {
  readonly view: View
  /** What the view shows of its own: `tools/delete_note`. */
  readonly rest: string
}

/** The view that an address names: `#call/tools/delete_note`. */
export function readRoute(hash: string): Route {
  const [, name = '', rest = ''] = /^#([a-z]*)\/?(.*)$/.exec(hash) ?? []
  const view = views.find((one) => one === name)
  return view ? { view, rest: decoded(rest) } : { view: 'tools', rest: '' }
}

export function addressOf(view: View, rest = ''): string {
  return rest === '' ? `#${view}` : `#${view}/${rest.split('/').map(encodeURIComponent).join('/')}`
}

/** The current view; it follows the address, so that links and the back button work. */
export function useRoute(): Route {
  const [route, setRoute] = useState(readRoute(location.hash))
  useEffect(() => {
    const follow = (): void => setRoute(readRoute(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
