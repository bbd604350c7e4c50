import type { HostileIssuer } from '../world/hostile-issuer.js'
import { BOARDS_RESOURCE } from '../world/world.js'

/** Somebody who subscribes and calls: a member of one board, and perhaps of the staff. */
export interface Member {
  readonly board: string
  /** A board of others. */
  readonly foreign: string
  readonly isStaff: boolean
  readonly subject: string
  readonly token: string
}

/** Seconds that a token is good: longer than any run. */
const LIFE = 3_600

/** One of ten is of the staff. Two members share a board. */
export function memberOf(issuer: HostileIssuer, index: number): Member {
  const number = Math.floor(index / 2)
  const board = `b${number}`
  const subject = `${board}.s${index}`
  const isStaff = index % 10 === 0
  const scope = `boards:read boards:write${isStaff ? ' boards:staff' : ''}`
  const exp = Math.floor(Date.now() / 1000) + LIFE
  return {
    board,
    foreign: `b${number + 1}`,
    isStaff,
    subject,
    token: issuer.token({ aud: BOARDS_RESOURCE, sub: subject, scope, exp }),
  }
}

export const STAFF = 'boards://staff'

export function uriOf(board: string): string {
  return board === 'staff' ? STAFF : `boards://board/${board}`
}
