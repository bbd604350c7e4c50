import { hand, statusOf } from './oauth/login-window.js'

// The code is in the address: it goes to the page that asked, and out of the history.
const answer = location.search
history.replaceState(null, '', location.pathname)
hand(answer)
const status = document.getElementById('status')
if (status) status.textContent = statusOf(answer)
window.close()
