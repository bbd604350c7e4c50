// Logs in where a browser would be opened, as the development user that is named, and prints where that led.
import { logIn } from '@mcp-secure/testing'

const [authorizationUrl, user] = process.argv.slice(2)
console.log((await logIn({ authorizationUrl, user })).href)
