import { connect } from 'node:net'
import { type Answer, readAnswers } from './answer.js'

/** Milliseconds after which a connection counts as hanging, which no attack may bring about. */
const PATIENCE = 20_000

/**
 * Sends bytes as they are, and gives what comes back until the other side ends
 * the connection. The parts are sent one by one, each when the one before is
 * with the system.
 */
export function exchange(port: number, ...parts: readonly (string | Buffer)[]): Promise<readonly Answer[]> {
  return converse(port, parts, false)
}

/** The same, and says that nothing more will come: whatever still waits for bytes gives up. */
export function exchangeAll(port: number, bytes: Buffer): Promise<readonly Answer[]> {
  return converse(port, [bytes], true)
}

function converse(port: number, parts: readonly (string | Buffer)[], isAll: boolean): Promise<readonly Answer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`the server kept the connection open for ${PATIENCE} ms`))
    }, PATIENCE)
    const done = (): void => {
      clearTimeout(timer)
      resolve(readAnswers(Buffer.concat(chunks)))
    }
    socket.setNoDelay(true)
    socket.on('data', (chunk) => chunks.push(chunk))
    // A reset is how a server ends a connection whose rest it does not want; what came before it counts.
    socket.on('error', () => {}).on('close', done)
    for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
    if (isAll) socket.end()
  })
}
