import { join } from 'node:path'
import { notes } from '../scripts/build.mjs'

/** How a client starts examples/notes for itself: in whose name it acts, and what it may do, is in the environment. */
export function stdioParameters(scopes) {
  return {
    command: process.execPath,
    args: [join(notes, 'dist', 'stdio.js')],
    env: {
      PATH: process.env.PATH ?? '',
      MCP_STDIO_SUBJECT: 'ada',
      MCP_STDIO_SCOPES: scopes,
      NOTES_DATA: process.env.STDIO_NOTES_DATA ?? '',
    },
    stderr: 'ignore',
  }
}
