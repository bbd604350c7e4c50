import type { IncomingHttpHeaders } from 'node:http'
import { readUserName } from './user-name.js'

const COOKIE = 'mcp_auth_users'
const MOST = 4
const YEAR = 365 * 24 * 3600

/** The users who logged in from this browser, the last one first. A convenience: it proves nothing. */
export function recentUsers(headers: IncomingHttpHeaders): readonly string[] {
  const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? ''
  const names = value.split('|').map(readUserName)
  return [...new Set(names)].filter((name) => name !== undefined).slice(0, MOST)
}

/** The cookie that remembers `user` as the last one. */
export function rememberUser(headers: IncomingHttpHeaders, user: string, path: string): string {
  const users = [user, ...recentUsers(headers).filter((name) => name !== user)].slice(0, MOST)
  return `${COOKIE}=${users.join('|')}; Path=${path || '/'}; Max-Age=${YEAR}; HttpOnly; SameSite=Lax`
}
