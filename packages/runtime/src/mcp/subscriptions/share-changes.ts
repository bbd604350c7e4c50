import { randomUUID } from 'node:crypto'
import type { SealedState } from '../../shared/sealed-places.js'
import { askShared } from '../../shared/shared-state.js'
import type { Change, ChangeFeed } from './change-feed.js'

interface Told {
  readonly from: string
  readonly change: Change
}

/**
 * Tells the other processes of this server what the project says here, and the
 * subscribers here what it says there. Each is judged by the rights of the
 * subscriber, as if it had been said here. What is said while the shared state is
 * away reaches the subscribers of this process alone.
 */
export async function shareChanges(feed: ChangeFeed, { state, places }: SealedState): Promise<void> {
  const place = places.of('changes')
  const self = randomUUID()
  feed.onOwn((change) => {
    const told: Told = { from: self, change }
    void askShared(
      state,
      () => state.publish(place.name, place.seal(JSON.stringify(told))),
      () => {},
    )
  })
  await state.listen(place.name, (sealed) => {
    const text = place.open(sealed)
    if (text === undefined) return
    const { from, change }: Told = JSON.parse(text)
    // Redis tells it to whoever said it, too.
    if (from !== self) feed.tell(change)
  })
}
