import { useEffect, useState } from 'preact/hooks'
import { type Route, readRoute } from './route.js'

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
