import { defineServices } from '@mcp-secure/spec'
import { Witness } from '../witness.js'

/** A subject is a member of the board that its name begins with: `b7.s3` of `b7`. */
function isMember(board: string, subject: string): boolean {
  return subject.startsWith(`${board}.`)
}

export default defineServices({
  open: () => ({ witness: new Witness(), isMember }),
})
