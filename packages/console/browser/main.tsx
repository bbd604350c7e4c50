import { render } from 'preact'
import { Session } from './call/session.js'
import { openFeed } from './live/feed.js'
import { App } from './views/app.js'

const feed = openFeed()
const session = new Session(() => feed.value.state?.resource ?? '')
const place = document.getElementById('console')
if (place) {
  place.textContent = ''
  render(<App feed={feed} session={session} />, place)
}
