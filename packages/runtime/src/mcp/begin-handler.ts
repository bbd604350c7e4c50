import type { Place } from '../limits/place.js'
import type { InFlight } from './in-flight.js'

/**
 * Says that a handler runs: the services stay open, and its caller's place is taken, until the returned function is
 * called. The request may be over before.
 */
export function beginHandler(inFlight: InFlight, controller: AbortController, place: Place): () => void {
  const end = inFlight.begin(controller)
  const leave = place.take()
  return () => {
    end()
    leave()
  }
}
